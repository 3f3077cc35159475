/**
 * The crypto suites of SDES (RFC 4568 §6.2, RFC 6188 §4, RFC 7714 §14) that the gateway speaks to the far side, the
 * strongest first.
 */
export type SuiteName =
  | 'AEAD_AES_256_GCM'
  | 'AEAD_AES_128_GCM'
  | 'AES_256_CM_HMAC_SHA1_80'
  | 'AES_CM_128_HMAC_SHA1_80'
  | 'AES_256_CM_HMAC_SHA1_32'
  | 'AES_CM_128_HMAC_SHA1_32';

/** Lengths in bytes. */
export interface Suite {
  readonly name: SuiteName;
  readonly kind: 'counter' | 'gcm';
  readonly keyLength: 16 | 32;
  readonly saltLength: 12 | 14;
  /** Of SRTP; SRTCP keeps ten bytes even where SRTP has four (RFC 4568 §6.2.2). */
  readonly tagLength: 4 | 10 | 16;
  readonly controlTagLength: 10 | 16;
}

const gcm = (name: SuiteName, keyLength: 16 | 32): Suite => ({
  name,
  kind: 'gcm',
  keyLength,
  saltLength: 12,
  tagLength: 16,
  controlTagLength: 16,
});
const counter = (name: SuiteName, keyLength: 16 | 32, tagLength: 4 | 10): Suite => ({
  name,
  kind: 'counter',
  keyLength,
  saltLength: 14,
  tagLength,
  controlTagLength: 10,
});

export const SUITES: readonly Suite[] = [
  gcm('AEAD_AES_256_GCM', 32),
  gcm('AEAD_AES_128_GCM', 16),
  counter('AES_256_CM_HMAC_SHA1_80', 32, 10),
  counter('AES_CM_128_HMAC_SHA1_80', 16, 10),
  counter('AES_256_CM_HMAC_SHA1_32', 32, 4),
  counter('AES_CM_128_HMAC_SHA1_32', 16, 4),
];

export function suiteNamed(name: string): Suite | null {
  return SUITES.find((suite) => suite.name === name) ?? null;
}
