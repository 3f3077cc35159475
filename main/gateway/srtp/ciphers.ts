/** The ciphers of SRTP and SRTCP over one set of session keys: what differs between the two is where a packet's numbers stand. */
import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import type { SessionKeys } from './session-keys.ts';

/** What is added to the salt, without carry, so that no two packets share a key stream: a number of so many bytes at a place. */
export type Addend = readonly [at: number, bytes: 2 | 4, value: number];

const TAG_LENGTH = 16;

/** AES in counter mode (RFC 3711 §4.1.1), which encrypts and decrypts alike. */
export function inCounterMode({ cipher, salt }: SessionKeys, addends: readonly Addend[], data: Buffer): Buffer {
  const start = Buffer.alloc(16);
  salt.copy(start);
  return createCipheriv(cipher.length === 16 ? 'aes-128-ctr' : 'aes-256-ctr', cipher, added(start, addends)).update(data);
}

/** AES-GCM (RFC 7714): the encrypted data with its tag behind it. */
export function sealed({ cipher, salt }: SessionKeys, addends: readonly Addend[], readable: Buffer, data: Buffer): Buffer {
  const sealing = createCipheriv(gcmOf(cipher), cipher, added(Buffer.from(salt), addends));
  sealing.setAAD(readable);
  return Buffer.concat([sealing.update(data), sealing.final(), sealing.getAuthTag()]);
}

/** `data`: with its tag behind it. Null where it is not authentic. */
export function unsealed({ cipher, salt }: SessionKeys, addends: readonly Addend[], readable: Buffer, data: Buffer): Buffer | null {
  const opening = createDecipheriv(gcmOf(cipher), cipher, added(Buffer.from(salt), addends));
  opening.setAAD(readable);
  opening.setAuthTag(data.subarray(data.length - TAG_LENGTH));
  try {
    return Buffer.concat([opening.update(data.subarray(0, data.length - TAG_LENGTH)), opening.final()]);
  } catch {
    return null;
  }
}

/** HMAC-SHA1 over the parts, cut to a length (RFC 3711 §4.2.1). */
export function tagOf({ authentication }: SessionKeys, parts: readonly Buffer[], length: number): Buffer {
  const hash = createHmac('sha1', authentication);
  for (const part of parts) hash.update(part);
  return hash.digest().subarray(0, length);
}

function gcmOf(cipher: Buffer): 'aes-128-gcm' | 'aes-256-gcm' {
  return cipher.length === 16 ? 'aes-128-gcm' : 'aes-256-gcm';
}

function added(start: Buffer, addends: readonly Addend[]): Buffer {
  for (const [at, bytes, value] of addends)
    if (bytes === 4) start.writeUInt32BE((start.readUInt32BE(at) ^ value) >>> 0, at);
    else start.writeUInt16BE(start.readUInt16BE(at) ^ value, at);
  return start;
}
