/**
 * The system's keyring in a plain process: Secret Service, Keychain or Credential Manager. It keeps one key for each
 * profile; the passwords are stored in the profile, encrypted with it.
 */
import { randomBytes } from 'node:crypto';
import { keyCipher } from '../../system/secrets/secret-cipher.ts';
import type { Keyring } from '../../system/secrets/secret-vault.ts';

const SERVICE = 'Ahoy';
const KEY_BYTES = 32;
/** A keyring that asks its user to unlock it has this long, then it counts as not there. */
const ANSWER_MS = 60_000;

const NAMES: Readonly<Partial<Record<NodeJS.Platform, string>>> = { darwin: 'Keychain', linux: 'Secret Service' };

/** Rejects where the keyring does not answer in time: it may be asking its user, or hang. */
function inTime<T>(answer: Promise<T>): Promise<T> {
  return Promise.race([
    answer,
    new Promise<never>((_resolve, reject) => {
      setTimeout(() => {
        reject(new Error('the keyring does not answer'));
      }, ANSWER_MS).unref();
    }),
  ]);
}

export function systemKeyring(profile: string): Keyring {
  return {
    id: 'profile-key',
    name: NAMES[process.platform] ?? null,
    async open() {
      try {
        const { AsyncEntry } = await import('@napi-rs/keyring');
        // Without Secret Service the library would take the kernel's keyring, which forgets everything at a restart.
        const entry = new AsyncEntry(SERVICE, profile, { linux: { store: 'secret-service' } });
        const kept = await inTime(entry.getPassword());
        const key = kept ? Buffer.from(kept, 'base64') : randomBytes(KEY_BYTES);
        if (key.length !== KEY_BYTES) return null;
        if (!kept) await inTime(entry.setPassword(key.toString('base64')));
        return keyCipher(key);
      } catch {
        return null;
      }
    },
  };
}
