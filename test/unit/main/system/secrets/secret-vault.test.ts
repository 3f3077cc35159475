/** The vault: what opens it, what it moves, and what lies on the disk. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { SecretsClosed } from '../../../../../main/ports/secret-store.ts';
import { keyCipher, type SecretCipher } from '../../../../../main/system/secrets/secret-cipher.ts';
import { createSecretVault, type Keyring } from '../../../../../main/system/secrets/secret-vault.ts';
import { createKeptLogger } from '../../../../support/kept-logger.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const PASSPHRASE = 'correct horse battery staple';

interface Scene {
  readonly path: string;
  /** What the system's keyring answers with; null: there is none. */
  keyring: SecretCipher | null;
  readonly keyringOf: (id?: string) => Keyring;
}

function scene(keyring: SecretCipher | null = null): Scene {
  const made: Scene = {
    path: join(temporaryFolder(), 'secrets.json'),
    keyring,
    keyringOf: (id = 'test') => ({ id, name: 'Test Keyring', open: () => Promise.resolve(made.keyring) }),
  };
  return made;
}

async function openVault(of: Scene, unversioned: 'keyring' | 'clear' = 'clear', keyringId?: string) {
  const logger = createKeptLogger();
  const vault = createSecretVault({ path: of.path, keyring: of.keyringOf(keyringId), unversioned, logger });
  const states: string[] = [];
  vault.onChange(() => states.push(vault.present().state));
  await vault.open();
  return { vault, states, logger };
}

const onDisk = ({ path }: Scene): string => readFileSync(path, 'utf8');
const aKeyring = (): SecretCipher => keyCipher(randomBytes(32));

describe('with a keyring', () => {
  it('is open from the start, and keeps nothing in clear', async () => {
    const at = scene(aKeyring());
    const { vault } = await openVault(at);
    expect(vault.present()).toEqual({ state: 'open', keeper: 'keyring', keyringName: 'Test Keyring', inClear: false });
    await vault.set('account-1', 'open sesame');
    expect(onDisk(at)).not.toContain('sesame');
    expect(statSync(at.path).mode & 0o777).toBe(0o600);
    const again = await openVault(at);
    expect(await again.vault.get('account-1')).toBe('open sesame');
    await again.vault.remove('account-1');
    expect(await again.vault.get('account-1')).toBeNull();
  });

  it('does not read one secret as another', async () => {
    const at = scene(aKeyring());
    const { vault } = await openVault(at);
    await vault.set('account-1', 'first');
    await vault.set('account-2', 'second');
    const document = JSON.parse(onDisk(at)) as { entries: Record<string, string> };
    document.entries['account-1'] = document.entries['account-2']!;
    writeFileSync(at.path, JSON.stringify(document));
    const { vault: swapped } = await openVault(at);
    await expect(swapped.get('account-1')).rejects.toThrow();
  });

  it('encrypts again what its keyring calls stale', async () => {
    const inner = aKeyring();
    let stale = false;
    const at = scene({
      encrypt: (name, secret) => inner.encrypt(name, secret),
      decrypt: async (name, kept) => ({ ...(await inner.decrypt(name, kept)), stale }),
    });
    const { vault } = await openVault(at);
    await vault.set('a', 'secret');
    const before = onDisk(at);
    stale = true;
    expect(await vault.get('a')).toBe('secret');
    await expect.poll(() => onDisk(at)).not.toBe(before);
    expect(await vault.get('a')).toBe('secret');
  });

  it('that does not answer any more is unreachable and loses nothing', async () => {
    const ours = aKeyring();
    const at = scene(ours);
    await (await openVault(at)).vault.set('a', 'secret');
    at.keyring = null;
    const { vault } = await openVault(at);
    expect(vault.present().state).toBe('unreachable');
    await expect(vault.get('a')).rejects.toThrow(SecretsClosed);
    await expect(vault.set('b', 'other')).rejects.toThrow(SecretsClosed);
    expect(await vault.retry()).toMatchObject({ ok: false, failure: { code: 'not-supported' } });
    at.keyring = ours;
    expect(await vault.retry()).toMatchObject({ ok: true });
    expect(await vault.get('a')).toBe('secret');
  });

  it('of another host is not tried on what this one kept', async () => {
    const at = scene(aKeyring());
    await (await openVault(at)).vault.set('a', 'secret');
    const { vault } = await openVault(at, 'clear', 'another host');
    expect(vault.present().state).toBe('unreachable');
  });
});

describe('without a keyring', () => {
  it('keeps nothing before a passphrase is chosen', async () => {
    const { vault } = await openVault(scene());
    expect(vault.present()).toMatchObject({ state: 'unset', keeper: null });
    await expect(vault.set('a', 'secret')).rejects.toThrow(SecretsClosed);
  });

  it('is locked at the next start until the passphrase is typed', async () => {
    const at = scene();
    const first = await openVault(at);
    expect(await first.vault.setPassphrase(PASSPHRASE, undefined)).toMatchObject({ ok: true });
    await first.vault.set('a', 'secret');
    expect(onDisk(at)).not.toContain('secret"');
    const { vault, states } = await openVault(at);
    expect(vault.present()).toMatchObject({ state: 'locked', keeper: 'passphrase' });
    await expect(vault.get('a')).rejects.toThrow(SecretsClosed);
    expect(await vault.unlock('correct horse battery stapler')).toMatchObject({ ok: false, failure: { code: 'passphrase-wrong' } });
    expect(await vault.unlock(PASSPHRASE)).toMatchObject({ ok: true });
    expect(states).toEqual(['locked', 'open']);
    expect(await vault.get('a')).toBe('secret');
  });

  it('takes a passphrase whichever way its letters are composed', async () => {
    const at = scene();
    await (await openVault(at)).vault.setPassphrase('Zo\u00eb und die Br\u00fccke', undefined);
    const { vault } = await openVault(at);
    expect(await vault.unlock('Zoe\u0308 und die Bru\u0308cke')).toMatchObject({ ok: true });
  });

  it('changes the passphrase only with the present one', async () => {
    const at = scene();
    const { vault } = await openVault(at);
    await vault.setPassphrase(PASSPHRASE, undefined);
    await vault.set('a', 'secret');
    expect(await vault.setPassphrase('another one entirely', 'guess')).toMatchObject({ failure: { code: 'passphrase-wrong' } });
    expect(await vault.setPassphrase('another one entirely', PASSPHRASE)).toMatchObject({ ok: true });
    const again = await openVault(at);
    expect(await again.vault.unlock(PASSPHRASE)).toMatchObject({ failure: { code: 'passphrase-wrong' } });
    expect(await again.vault.unlock('another one entirely')).toMatchObject({ ok: true });
    expect(await again.vault.get('a')).toBe('secret');
  });

  it('forgets everything with a passphrase that nobody knows', async () => {
    const at = scene();
    const { vault } = await openVault(at);
    await vault.setPassphrase(PASSPHRASE, undefined);
    await vault.set('a', 'secret');
    const again = await openVault(at);
    expect(await again.vault.forget()).toMatchObject({ ok: true });
    expect(again.vault.present()).toMatchObject({ state: 'unset', keeper: null });
    expect(await again.vault.get('a')).toBeNull();
  });

  it('removes a secret while it is locked', async () => {
    const at = scene();
    const { vault } = await openVault(at);
    await vault.setPassphrase(PASSPHRASE, undefined);
    await vault.set('a', 'secret');
    const again = await openVault(at);
    await again.vault.remove('a');
    expect((JSON.parse(onDisk(at)) as { entries: object }).entries).toEqual({});
  });

  it('does not follow a file that asks for an endless computation', async () => {
    const at = scene();
    await (await openVault(at)).vault.setPassphrase(PASSPHRASE, undefined);
    const document = JSON.parse(onDisk(at)) as { passphrase: { cost: number } };
    document.passphrase.cost = 2 ** 30;
    writeFileSync(at.path, JSON.stringify(document));
    const { vault } = await openVault(at);
    expect(await vault.unlock(PASSPHRASE)).toMatchObject({ ok: false });
  });
});

describe('moves', () => {
  const first = (at: Scene, entries: Readonly<Record<string, string>>) => {
    writeFileSync(at.path, JSON.stringify(entries));
  };

  it('what the first version kept in clear to the keyring', async () => {
    const at = scene(aKeyring());
    first(at, { 'account-1': 'open sesame' });
    const { vault } = await openVault(at);
    expect(vault.present()).toMatchObject({ state: 'open', inClear: false });
    expect(onDisk(at)).not.toContain('sesame');
    expect(await vault.get('account-1')).toBe('open sesame');
  });

  it('what the first version kept in clear to the passphrase, and reads it until one is chosen', async () => {
    const at = scene();
    first(at, { 'account-1': 'open sesame' });
    const { vault } = await openVault(at);
    expect(vault.present()).toMatchObject({ state: 'unset', inClear: true });
    expect(await vault.get('account-1')).toBe('open sesame');
    await vault.setPassphrase(PASSPHRASE, undefined);
    expect(onDisk(at)).not.toContain('sesame');
    expect(vault.present()).toMatchObject({ state: 'open', keeper: 'passphrase', inClear: false });
    expect(await vault.get('account-1')).toBe('open sesame');
  });

  it('what a passphrase kept to a keyring that has come, when it is opened', async () => {
    const at = scene();
    const before = await openVault(at);
    await before.vault.setPassphrase(PASSPHRASE, undefined);
    await before.vault.set('a', 'secret');
    at.keyring = aKeyring();
    const { vault } = await openVault(at);
    expect(vault.present().state).toBe('locked');
    await vault.unlock(PASSPHRASE);
    expect(vault.present()).toMatchObject({ state: 'open', keeper: 'keyring' });
    const again = await openVault(at);
    expect(again.vault.present().state).toBe('open');
    expect(await again.vault.get('a')).toBe('secret');
  });

  it('the first version’s file of a keyring as it is', async () => {
    const cipher: SecretCipher = {
      encrypt: (_name, secret) => Promise.resolve(Buffer.from(secret).toString('base64')),
      decrypt: (_name, kept) => Promise.resolve({ secret: Buffer.from(kept, 'base64').toString(), stale: false }),
    };
    const at = scene(cipher);
    first(at, { 'account-1': Buffer.from('open sesame').toString('base64') });
    const { vault } = await openVault(at, 'keyring');
    expect(await vault.get('account-1')).toBe('open sesame');
    await vault.set('account-2', 'other');
    expect(await (await openVault(at, 'keyring')).vault.get('account-1')).toBe('open sesame');
  });

  it('nothing to a keyring that refuses, and stays with the passphrase', async () => {
    const at = scene();
    const before = await openVault(at);
    await before.vault.setPassphrase(PASSPHRASE, undefined);
    await before.vault.set('a', 'secret');
    at.keyring = { encrypt: () => Promise.reject(new Error('no')), decrypt: () => Promise.reject(new Error('no')) };
    const { vault } = await openVault(at);
    expect(await vault.unlock(PASSPHRASE)).toMatchObject({ ok: true });
    expect(vault.present().keeper).toBe('passphrase');
    expect(await vault.get('a')).toBe('secret');
  });
});

it.each([
  ['is no document', 'not a document at all'],
  ['has lost its entries', '{"version":2,"keeper":"keyring"}'],
  ['is of a newer Ahoy', '{"version":99,"entries":{}}'],
])('a file that %s is kept aside, and Ahoy starts without it', async (_what, content) => {
  const at = scene(aKeyring());
  writeFileSync(at.path, content);
  const { vault, logger } = await openVault(at);
  expect(vault.present().state).toBe('open');
  const [aside] = readdirSync(dirname(at.path)).filter((name) => name.includes('.unreadable-'));
  expect(readFileSync(join(dirname(at.path), aside!), 'utf8')).toBe(content);
  expect(JSON.stringify(logger.lines)).toContain('moved aside');
});

it('two changes at once both stay', async () => {
  const at = scene(aKeyring());
  const { vault } = await openVault(at);
  await Promise.all([...Array(10).keys()].map((index) => vault.set(`account-${index}`, String(index))));
  const { vault: again } = await openVault(at);
  for (let index = 0; index < 10; index += 1) expect(await again.get(`account-${index}`)).toBe(String(index));
});
