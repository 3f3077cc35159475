/** Encrypts secrets by the system's keyring (safeStorage). */
import { safeStorage } from 'electron';

export const safeCipher = {
  encrypt: async (secret: string): Promise<string> => (await safeStorage.encryptStringAsync(secret)).toString('base64'),
  decrypt: async (kept: string): Promise<string> => (await safeStorage.decryptStringAsync(Buffer.from(kept, 'base64'))).result,
};
