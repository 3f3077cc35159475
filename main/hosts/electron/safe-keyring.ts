/**
 * The system's keyring by safeStorage. On Linux safeStorage may fall back to a fixed key, which counts as no keyring.
 */
import { safeStorage } from 'electron';
import type { SecretCipher } from '../../system/secrets/secret-cipher.ts';
import type { Keyring } from '../../system/secrets/secret-vault.ts';

const cipher: SecretCipher = {
  encrypt: async (_name, secret) => (await safeStorage.encryptStringAsync(secret)).toString('base64'),
  decrypt: async (_name, kept) => {
    const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(kept, 'base64'));
    return { secret: result, stale: shouldReEncrypt };
  },
};

/** Linux: which of its password stores answers; others have one and do not say. */
function backend(): string | null {
  return process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : null;
}

const NAMES: Readonly<Record<string, string>> = {
  gnome_libsecret: 'Secret Service',
  kwallet: 'KWallet',
  kwallet5: 'KWallet',
  kwallet6: 'KWallet',
};

export const safeKeyring: Keyring = {
  id: 'safe-storage',
  get name() {
    if (process.platform === 'darwin') return 'Keychain';
    if (process.platform === 'win32') return null;
    return NAMES[backend() ?? ''] ?? null;
  },
  async open() {
    try {
      if (!(await safeStorage.isAsyncEncryptionAvailable())) return null;
      const found = backend();
      return found === 'basic_text' || found === 'unknown' ? null : cipher;
    } catch {
      return null;
    }
  },
};
