import type { PeerCertificate } from 'node:tls';
import { expect, it } from 'vitest';
import { identityProblem } from '../../../../../main/sip/sockets/server-identity.ts';

const certificate = (subjectaltname: string | undefined, commonName = 'sip.example.org'): PeerCertificate =>
  ({ subject: { CN: commonName }, subjectaltname }) as unknown as PeerCertificate;

it.each([
  ['a DNS name', 'DNS:sip.example.org', false, true],
  ['a wildcard', 'DNS:*.example.org', false, true],
  ['another DNS name', 'DNS:other.test', false, false],
  ['a sip: URI', 'URI:sip:sip.example.org', false, true],
  ['a sip: URI among others', 'URI:http://x/, DNS:other.test, URI:sip:sip.example.org', false, true],
  ['a sip: URI of another domain, whatever its DNS name says (RFC 5922 §7.1)', 'URI:sip:other.test, DNS:sip.example.org', false, false],
  ['a sip: URI with a user, which names nobody’s domain', 'URI:sip:bob@sip.example.org', false, false],
  ['a quoted name that pretends to be two', 'URI:"http://x/, URI:sip:sip.example.org"', false, false],
  ['nothing but a common name', undefined, false, false],
  ['nothing but a common name, of an authority the user named', undefined, true, true],
  ['a common name beside another DNS name', 'DNS:other.test', true, false],
])('a certificate with %s', (_what, names, takesCommonName, isGood) => {
  expect(identityProblem('sip.example.org', certificate(names), takesCommonName) === undefined).toBe(isGood);
});
