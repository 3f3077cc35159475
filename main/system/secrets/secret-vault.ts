/**
 * The vault: secrets in one file of the profile, encrypted by the system's keyring, or by a passphrase where there is
 * none. What was stored otherwise is moved as soon as possible: clear text to the keyring or the passphrase, what a
 * passphrase protected to a keyring that is there now.
 */
import { rename } from 'node:fs/promises';
import { failed, success, type Outcome } from '../../../common/model/failure.ts';
import type { Secrets } from '../../../common/model/secrets.ts';
import type { Logger } from '../../ports/logger.ts';
import { SecretsClosed, type SecretVault } from '../../ports/secret-store.ts';
import { choosePassphrase, openByPassphrase } from './passphrase.ts';
import type { SecretCipher } from './secret-cipher.ts';
import { EMPTY, readDocument, writeDocument, type SecretDocument } from './secret-document.ts';

/** The system's keyring. */
export interface Keyring {
  /** Tells it from the keyrings of other hosts, in the file. */
  readonly id: string;
  /** As the user may know it; null where it has no name to tell. */
  readonly name: string | null;
  /** Null where there is none, or it does not answer now. MUST NOT reject. */
  open(): Promise<SecretCipher | null>;
}

export interface VaultOptions {
  readonly path: string;
  readonly keyring: Keyring;
  /** Whether the first version's file, which does not say so, is encrypted by this keyring or not at all. */
  readonly unversioned: 'keyring' | 'clear';
  readonly logger: Logger;
}

export function createSecretVault({ path, keyring, unversioned, logger }: VaultOptions): SecretVault {
  let document: SecretDocument = EMPTY;
  /** Set while secrets can be read and kept. */
  let cipher: SecretCipher | null = null;
  let state: Secrets['state'] = 'locked';
  let listener: () => void = () => undefined;
  let last: Promise<unknown> = Promise.resolve();

  /** One after the other: two at once would lose one of them. */
  function inTurn<T>(action: () => Promise<T>): Promise<T> {
    const next = last.catch(() => undefined).then(action);
    last = next;
    return next;
  }

  function present(): Secrets {
    return {
      state,
      keeper: document.keeper === 'keyring' || document.keeper === 'passphrase' ? document.keeper : null,
      keyringName: keyring.name,
      inClear: document.keeper === 'clear',
    };
  }

  function enter(next: Secrets['state'], by: SecretCipher | null): void {
    state = next;
    cipher = by;
    listener();
  }

  async function store(next: SecretDocument): Promise<void> {
    await writeDocument(path, next);
    document = next;
  }

  /** All entries in clear, by how they are encrypted now. Rejects where one cannot be read. */
  async function readAll(by: SecretCipher | null): Promise<Record<string, string>> {
    const clear: Record<string, string> = {};
    for (const [name, kept] of Object.entries(document.entries)) clear[name] = by ? (await by.decrypt(name, kept)).secret : kept;
    return clear;
  }

  async function moveTo(next: Omit<SecretDocument, 'entries'>, to: SecretCipher, clear: Readonly<Record<string, string>>): Promise<void> {
    const entries: Record<string, string> = {};
    for (const [name, secret] of Object.entries(clear)) entries[name] = await to.encrypt(name, secret);
    await store({ ...next, entries });
    enter('open', to);
  }

  const inKeyring = { keeper: 'keyring', keyring: keyring.id, passphrase: null } as const;

  /** Where nothing is encrypted yet: by the keyring, if there is one. */
  async function begin(): Promise<void> {
    const found = await keyring.open();
    if (found) await moveTo(inKeyring, found, await readAll(null));
    else enter('unset', null);
  }

  /** A file that cannot be read must not keep Ahoy from starting; it is kept for whoever can. */
  async function readOrMoveAside(): Promise<SecretDocument> {
    try {
      return await readDocument(path, unversioned === 'keyring' ? keyring.id : null);
    } catch (error) {
      logger.error('the file of secrets cannot be read and is moved aside', { error: String(error) });
      await rename(path, `${path}.unreadable-${Date.now()}`).catch(() => undefined);
      return EMPTY;
    }
  }

  async function find(): Promise<void> {
    switch (document.keeper) {
      case 'passphrase':
        enter('locked', null);
        return;
      case 'keyring': {
        const found = document.keyring === keyring.id ? await keyring.open() : null;
        if (found) enter('open', found);
        else if (Object.keys(document.entries).length > 0) enter('unreachable', null);
        else {
          document = EMPTY;
          await begin();
        }
        return;
      }
      default:
        await begin();
    }
  }

  /** A keyring that has come relieves the user of the passphrase. */
  async function moveToKeyring(by: SecretCipher): Promise<boolean> {
    const found = await keyring.open();
    if (!found) return false;
    try {
      await moveTo(inKeyring, found, await readAll(by));
      return true;
    } catch (error) {
      logger.warn('the keyring would not take what the passphrase keeps', { error: String(error) });
      return false;
    }
  }

  async function setPassphrase(passphrase: string, known: string | undefined): Promise<Outcome<null>> {
    let clear: Record<string, string>;
    if (state === 'unset') clear = await readAll(null);
    else if (state === 'open' && document.passphrase) {
      const by = await openByPassphrase(known ?? '', document.passphrase);
      if (!by) return failed('passphrase-wrong');
      clear = await readAll(by);
    } else return failed('conflict', { detail: `passwords are ${state} and kept by ${document.keeper ?? 'nothing'}` });
    const chosen = await choosePassphrase(passphrase);
    await moveTo({ keeper: 'passphrase', keyring: null, passphrase: chosen.record }, chosen.cipher, clear);
    return success(null);
  }

  return {
    open: () =>
      inTurn(async () => {
        document = await readOrMoveAside();
        await find();
      }),
    present,
    onChange(next) {
      listener = next;
    },
    async get(name) {
      await last.catch(() => undefined);
      const kept = Object.hasOwn(document.entries, name) ? document.entries[name] : undefined;
      if (kept === undefined) return null;
      if (document.keeper === 'clear') return kept;
      if (!cipher) throw new SecretsClosed(`passwords are ${state}`);
      const { secret, stale } = await cipher.decrypt(name, kept);
      if (stale) await this.set(name, secret);
      return secret;
    },
    set: (name, secret) =>
      inTurn(async () => {
        if (!cipher) throw new SecretsClosed(`passwords are ${state}`);
        const encrypted = await cipher.encrypt(name, secret);
        await store({ ...document, entries: { ...document.entries, [name]: encrypted } });
      }),
    remove: (name) =>
      inTurn(async () => {
        if (!Object.hasOwn(document.entries, name)) return;
        await store({ ...document, entries: Object.fromEntries(Object.entries(document.entries).filter(([each]) => each !== name)) });
      }),
    setPassphrase: (passphrase, known) => inTurn(() => setPassphrase(passphrase, known)),
    unlock: (passphrase) =>
      inTurn(async () => {
        if (state !== 'locked' || !document.passphrase) return failed('conflict', { detail: 'nothing is locked' });
        const by = await openByPassphrase(passphrase, document.passphrase);
        if (!by) return failed('passphrase-wrong');
        if (!(await moveToKeyring(by))) enter('open', by);
        return success(null);
      }),
    retry: () =>
      inTurn(async () => {
        if (state !== 'unset' && state !== 'unreachable') return failed('conflict', { detail: `passwords are ${state}` });
        await find();
        return present().state === 'open' ? success(null) : failed('not-supported');
      }),
    forget: () =>
      inTurn(async () => {
        await store(EMPTY);
        await begin();
        return success(null);
      }),
  };
}
