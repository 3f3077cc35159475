/** Which certificates TLS trusts: those of the system's authorities and of the account's own file. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { isIP } from 'node:net';
import tls from 'node:tls';
import type { CertificateSummary, Failure } from '../../../common/model/failure.ts';
import { identityProblem } from './server-identity.ts';
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

/** Contexts are expensive to create (hundreds of certificates) and the same for every connection that trusts the same. */
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
  const extraPem = endpoint.certificateAuthorityFile === null ? '' : readAuthorities(endpoint.certificateAuthorityFile);
  const domain = bareHost(endpoint.domain);
  return {
    secureContext: contextFor(extraPem),
    ...(isIP(domain) ? {} : { servername: domain }),
    // Refused below, by `certificateFailure`, where the certificate can still be looked at.
    rejectUnauthorized: false,
    checkServerIdentity: (_, certificate) => {
      const takesCommonName = endpoint.certificateAuthorityFile !== null;
      const problem = identityProblem(domain, certificate, takesCommonName);
      if (!problem || endpoint.namedHost === null) return problem;
      return identityProblem(bareHost(endpoint.namedHost), certificate, takesCommonName) && problem;
    },
  };
}

const MOST_PEM_BYTES = 1024 * 1024;

/** A plain file of a sensible size: a device or a pipe would have no end. */
function readAuthorities(path: string): string {
  const file = openSync(path, 'r');
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) throw new Error('the certificate authority file is no plain file');
    if (stat.size > MOST_PEM_BYTES) throw new Error('the certificate authority file is larger than 1 MiB');
    const bytes = Buffer.alloc(stat.size);
    return bytes.toString('utf8', 0, readSync(file, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(file);
  }
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
