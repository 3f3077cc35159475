/** Derives a key from a passphrase by scrypt (RFC 7914), and tells a wrong passphrase from the right one. */
import { randomBytes, scrypt } from 'node:crypto';
import { keyCipher, type SecretCipher } from './secret-cipher.ts';

/** What is kept of a passphrase: how its key is made, and a text that only the right key can read. */
export interface PassphraseRecord {
  readonly salt: string;
  readonly cost: number;
  readonly blockSize: number;
  readonly parallelization: number;
  readonly check: string;
}

const CHECK = 'passphrase-check';
/** 128 MiB and some tenths of a second a guess: what OWASP asks for of scrypt. */
const COST = 2 ** 17;
const BLOCK_SIZE = 8;
const PARALLELIZATION = 1;
/** A file that asks for more was not written by us. */
const HIGHEST_COST = 2 ** 20;

function derive(passphrase: string, record: Omit<PassphraseRecord, 'check'>): Promise<Buffer> {
  const { cost, blockSize, parallelization } = record;
  const options = { N: cost, r: blockSize, p: parallelization, maxmem: 256 * cost * blockSize };
  return new Promise((resolve, reject) => {
    // In the thread pool, so that the main loop is not blocked. Composed characters, so that every keyboard makes the same key.
    scrypt(passphrase.normalize('NFC'), Buffer.from(record.salt, 'base64'), 32, options, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}

export async function choosePassphrase(passphrase: string): Promise<{ readonly record: PassphraseRecord; readonly cipher: SecretCipher }> {
  const made = { salt: randomBytes(16).toString('base64'), cost: COST, blockSize: BLOCK_SIZE, parallelization: PARALLELIZATION };
  const cipher = keyCipher(await derive(passphrase, made));
  return { record: { ...made, check: await cipher.encrypt(CHECK, CHECK) }, cipher };
}

/** Null where it is not the passphrase. */
export async function openByPassphrase(passphrase: string, record: PassphraseRecord): Promise<SecretCipher | null> {
  if (record.cost > HIGHEST_COST || record.blockSize > 64 || record.parallelization > 16) return null;
  const cipher = keyCipher(await derive(passphrase, record));
  try {
    await cipher.decrypt(CHECK, record.check);
    return cipher;
  } catch {
    return null;
  }
}
