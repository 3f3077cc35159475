/** Encrypts a secret into text that can be stored, and back. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

export interface SecretCipher {
  encrypt(name: string, secret: string): Promise<string>;
  /** Rejects where the text was not made by this cipher for this name. `stale`: to be encrypted again. */
  decrypt(name: string, kept: string): Promise<{ readonly secret: string; readonly stale: boolean }>;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM. The name is authenticated too, so that one account's secret cannot be put in another's place. */
export function keyCipher(key: Buffer): SecretCipher {
  return {
    encrypt(name, secret) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      cipher.setAAD(Buffer.from(name, 'utf8'));
      const encrypted = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return Promise.resolve(Buffer.concat([iv, cipher.getAuthTag(), encrypted]).toString('base64'));
    },
    decrypt(name, kept) {
      return new Promise((resolve) => {
        const bytes = Buffer.from(kept, 'base64');
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES));
        decipher.setAAD(Buffer.from(name, 'utf8'));
        decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
        const secret = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
        resolve({ secret, stale: false });
      });
    },
  };
}
