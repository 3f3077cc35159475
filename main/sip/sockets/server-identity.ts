/**
 * Whether a certificate is that of a SIP domain (RFC 5922 §7.1): by a `URI:sip:` name, or where it has none of those by a
 * DNS name. The common name counts only where there is no alternative name at all and the user named the authority:
 * what PBXs sign for themselves has often nothing else. Wildcards are taken as for the web, against §7.2: providers
 * have them.
 */
import tls from 'node:tls';

/** Undefined where it is; otherwise what is wrong. */
export function identityProblem(domain: string, certificate: tls.PeerCertificate, takesCommonName: boolean): Error | undefined {
  const names = alternativeNames(certificate.subjectaltname ?? '');
  const sipDomains = names.flatMap((name) => /^URI:sip:([^@;?:]+)(?::\d+)?$/i.exec(name)?.[1]?.toLowerCase() ?? []);
  if (sipDomains.length > 0) {
    if (sipDomains.includes(domain.toLowerCase())) return undefined;
    return mismatch(`the certificate is for ${sipDomains.join(', ').slice(0, 200)}`);
  }
  if (names.length === 0 && !takesCommonName) return mismatch('the certificate has only a common name');
  // With other alternative names alone, Node would look at the common name.
  if (names.length > 0 && !names.some((name) => /^(?:DNS|IP Address):/.test(name))) return mismatch('the certificate names no server');
  return tls.checkServerIdentity(domain, certificate);
}

function mismatch(message: string): Error {
  return Object.assign(new Error(message), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
}

/** Node separates the names by commas, and quotes a name that has one (CVE-2021-44532). */
function alternativeNames(text: string): string[] {
  const names: string[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const quoted = /^([A-Za-z ]+:)("(?:[^"\\]|\\.)*")/.exec(rest);
    const end = quoted ? quoted[0].length : rest.indexOf(', ');
    const name = end === -1 ? rest : rest.slice(0, end);
    names.push(quoted ? `${quoted[1] ?? ''}${String(JSON.parse(quoted[2] ?? '""'))}` : name);
    rest = end === -1 ? '' : rest.slice(end).replace(/^, /, '');
  }
  return names;
}
