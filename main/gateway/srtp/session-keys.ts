/** The session keys of SRTP and SRTCP, derived from a master key and salt (RFC 3711 §4.3, RFC 6188 §3, RFC 7714 §11). */
import { createCipheriv } from 'node:crypto';
import type { Suite } from './suite.ts';

export interface MasterKey {
  readonly key: Buffer;
  readonly salt: Buffer;
}

export interface SessionKeys {
  readonly cipher: Buffer;
  readonly salt: Buffer;
  /** Empty for suites that authenticate by themselves. */
  readonly authentication: Buffer;
}

/** RFC 3711 §4.3.2. */
const LABELS = { rtp: { cipher: 0, authentication: 1, salt: 2 }, rtcp: { cipher: 3, authentication: 4, salt: 5 } } as const;
const AUTHENTICATION_KEY_LENGTH = 20;

/** The key derivation rate is zero: keys are derived once (RFC 3711 §4.3.1). */
export function sessionKeys(suite: Suite, master: MasterKey, of: 'rtp' | 'rtcp'): SessionKeys {
  const labels = LABELS[of];
  return {
    cipher: derived(suite, master, labels.cipher, suite.keyLength),
    salt: derived(suite, master, labels.salt, suite.saltLength),
    authentication: suite.kind === 'gcm' ? Buffer.alloc(0) : derived(suite, master, labels.authentication, AUTHENTICATION_KEY_LENGTH),
  };
}

/** The pseudo-random function: AES in counter mode over zeros, from the salt with the label in it. */
export function derived({ keyLength }: Pick<Suite, 'keyLength'>, { key, salt }: MasterKey, label: number, length: number): Buffer {
  const start = Buffer.alloc(16);
  // A salt of twelve bytes stands at the left of the fourteen that RFC 3711 has.
  salt.copy(start, 0, 0, 14);
  start.writeUInt8(start.readUInt8(7) ^ label, 7);
  return createCipheriv(keyLength === 16 ? 'aes-128-ctr' : 'aes-256-ctr', key, start).update(Buffer.alloc(length));
}
