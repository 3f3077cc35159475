/**
 * safeStorage over AES-GCM, for three kinds of system: AHOY_STAND_IN_KEYRING is `gnome_libsecret` (the default; the
 * key is made of the profile's path), `basic_text` (a key that everybody knows, as Chromium's) or `none`.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { DecryptStringAsyncReturnValue } from 'electron';
import { app } from './app.ts';
import { isReady } from './lifecycle.ts';
import { strict } from './strict.ts';

type Keyring = 'gnome_libsecret' | 'basic_text' | 'none';

const KNOWN: readonly string[] = ['gnome_libsecret', 'basic_text', 'none'];
const VERSION: Readonly<Record<Exclude<Keyring, 'none'>, string>> = { gnome_libsecret: 'v11', basic_text: 'v10' };

function keyring(): Keyring {
  const named = process.env['AHOY_STAND_IN_KEYRING'] ?? 'gnome_libsecret';
  if (!KNOWN.includes(named)) throw new Error(`AHOY_STAND_IN_KEYRING is one of ${KNOWN.join(', ')}`);
  return named as Keyring;
}

function keyOf(version: string): Buffer {
  return createHash('sha256')
    .update(version === 'v10' ? 'peanuts' : app.getPath('userData'))
    .digest();
}

function unavailable(): Promise<never> {
  return Promise.reject(new Error('Encryption is not available.'));
}

export const safeStorage = strict('safeStorage', {
  isAsyncEncryptionAvailable: (): Promise<boolean> => Promise.resolve(isReady() && keyring() !== 'none'),

  getSelectedStorageBackend(): 'gnome_libsecret' | 'basic_text' | 'unknown' {
    const selected = keyring();
    return isReady() && selected !== 'none' ? selected : 'unknown';
  },

  encryptStringAsync(text: string): Promise<Buffer> {
    const selected = keyring();
    if (!isReady() || selected === 'none') return unavailable();
    const version = VERSION[selected];
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', keyOf(version), iv);
    const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Promise.resolve(Buffer.concat([Buffer.from(version), iv, cipher.getAuthTag(), encrypted]));
  },

  decryptStringAsync(kept: Buffer): Promise<DecryptStringAsyncReturnValue> {
    const selected = keyring();
    const version = kept.toString('latin1', 0, 3);
    // What a keyring's key closed stays closed where there is no keyring.
    if (!isReady() || selected === 'none' || (version === 'v11' && selected !== 'gnome_libsecret')) return unavailable();
    try {
      const decipher = createDecipheriv('aes-256-gcm', keyOf(version), kept.subarray(3, 15));
      decipher.setAuthTag(kept.subarray(15, 31));
      const result = Buffer.concat([decipher.update(kept.subarray(31)), decipher.final()]).toString('utf8');
      return Promise.resolve({ result, shouldReEncrypt: version !== VERSION[selected] });
    } catch {
      return Promise.reject(new Error('Error while decrypting the ciphertext provided to safeStorage.decryptStringAsync.'));
    }
  },
});
