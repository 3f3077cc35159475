/** Whom TLS believes: the system's certificate authorities and those of the account's own file. */
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import tls from 'node:tls';
import type { CertificateSummary, Failure } from '../../../common/model/failure.ts';
import { bareHost, type Endpoint } from './sip-socket.ts';

let systemAuthorities: readonly string[] | null = null;

function authorities(): readonly string[] {
  systemAuthorities ??= [...new Set([...tls.rootCertificates, ...fromSystem()])];
  return systemAuthorities;
}

function fromSystem(): readonly string[] {
  try {
    return tls.getCACertificates('system');
  } catch {
    // Not every runtime can read the system's store; the built-in list remains.
    return [];
  }
}

/** Contexts are dear to make (hundreds of certificates) and the same for every connection that trusts the same. */
const contexts = new Map<string, tls.SecureContext>();

function contextFor(extraPem: string): tls.SecureContext {
  let context = contexts.get(extraPem);
  if (!context) {
    context = tls.createSecureContext({ ca: [...authorities(), ...(extraPem === '' ? [] : [extraPem])], minVersion: 'TLSv1.2' });
    if (contexts.size > 16) contexts.clear();
    contexts.set(extraPem, context);
  }
  return context;
}

/** What a TLS connection to this endpoint is opened with. Throws where the account's file cannot be read. */
export function tlsOptions(endpoint: Endpoint): tls.ConnectionOptions {
  const extraPem = endpoint.certificateAuthorityFile === null ? '' : readFileSync(endpoint.certificateAuthorityFile, 'utf8');
  const domain = bareHost(endpoint.domain);
  return {
    secureContext: contextFor(extraPem),
    ...(isIP(domain) ? {} : { servername: domain }),
    // Refused below, by `certificateFailure`, where the certificate can still be looked at.
    rejectUnauthorized: false,
    checkServerIdentity: (_, certificate) => {
      const problem = tls.checkServerIdentity(domain, certificate);
      if (!problem || endpoint.namedHost === null) return problem;
      return tls.checkServerIdentity(bareHost(endpoint.namedHost), certificate) && problem;
    },
  };
}

/** Null where the certificate is good; else the failure that says whose it is. */
export function certificateFailure(socket: tls.TLSSocket): Failure | null {
  if (socket.authorized) return null;
  const reason: unknown = socket.authorizationError;
  const problem = reason instanceof Error ? ('code' in reason ? String(reason.code) : reason.message) : String(reason);
  return {
    code: 'certificate-refused',
    detail: problem.slice(0, 200),
    certificate: summaryOf(socket.getPeerCertificate(), problem.slice(0, 200)),
  };
}

function summaryOf(certificate: tls.PeerCertificate, problem: string): CertificateSummary {
  return {
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    validFrom: certificate.valid_from,
    validTo: certificate.valid_to,
    fingerprintSha256: certificate.fingerprint256,
    problem,
  };
}

function nameOf(name: tls.Certificate | undefined): string {
  return Object.entries(name ?? {})
    .map(([key, value]) => `${key}=${Array.isArray(value) ? value.join('+') : String(value)}`)
    .join(', ');
}
