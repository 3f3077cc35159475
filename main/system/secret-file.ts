/**
 * Secrets in one file of the profile that only its user can read, each through a cipher of the host's. The file
 * is written whole beside the old one first, so that a crash leaves the old or the new.
 */
import { open, readFile, rename } from 'node:fs/promises';
import type { SecretStore } from '../ports/secret-store.ts';

export interface SecretCipher {
  encrypt(secret: string): Promise<string>;
  decrypt(kept: string): Promise<string>;
}

/** For machines without a keyring: the file's permissions are the only protection. */
export const noCipher: SecretCipher = {
  encrypt: (secret) => Promise.resolve(secret),
  decrypt: (kept) => Promise.resolve(kept),
};

export function createSecretFile(path: string, cipher: SecretCipher): SecretStore {
  let last: Promise<unknown> = Promise.resolve();

  async function read(): Promise<Record<string, string>> {
    try {
      return JSON.parse(await readFile(path, 'utf8')) as Record<string, string>;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
      throw error;
    }
  }

  async function write(secrets: Readonly<Record<string, string>>): Promise<void> {
    const temporary = `${path}.${process.pid}`;
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(JSON.stringify(secrets));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  }

  /** One change after the other: two at once would lose one of them. */
  function inTurn(action: () => Promise<void>): Promise<void> {
    const next = last.catch(() => undefined).then(action);
    last = next;
    return next;
  }

  return {
    async get(name) {
      await last.catch(() => undefined);
      const secrets = await read();
      const kept = Object.hasOwn(secrets, name) ? secrets[name] : undefined;
      return kept === undefined ? null : cipher.decrypt(kept);
    },
    set: (name, secret) => inTurn(async () => write({ ...(await read()), [name]: await cipher.encrypt(secret) })),
    remove: (name) => inTurn(async () => write(Object.fromEntries(Object.entries(await read()).filter(([each]) => each !== name)))),
  };
}
