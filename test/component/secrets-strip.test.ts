import { expect, test } from 'vitest';
import SecretsStrip from '../../renderer/features/secrets/SecretsStrip.svelte';
import type { Secrets } from '../../common/model/secrets.ts';
import { FakeHost } from '../support/fake-host.ts';
import { account } from '../support/samples.ts';
import { show, storesOf } from './setup.ts';

const OPEN: Secrets = { state: 'open', keeper: 'keyring', keyringName: null, inClear: false };
const UNREACHABLE: Secrets = { ...OPEN, state: 'unreachable' };

async function strip(secrets: Secrets, accounts = [account()]) {
  const host = new FakeHost();
  host.accounts = accounts;
  host.secrets = secrets;
  const stores = await storesOf(host);
  await expect.poll(() => stores.secrets.mirror.loaded).toBe(true);
  const screen = await show(stores, SecretsStrip);
  return { host, stores, screen };
}

test.each([
  ['locked', { ...OPEN, state: 'locked', keeper: 'passphrase' }, /Your passwords are locked/, 'Type the passphrase'],
  ['in clear', { ...OPEN, state: 'unset', keeper: null, inClear: true }, /lie unprotected/, 'Choose a passphrase'],
] as const)('passwords that are %s are told, with the way to a passphrase', async (_what, secrets, words, button) => {
  const { stores, screen } = await strip(secrets);
  await expect.element(screen.getByRole('status')).toMatchTextContent(words);
  await screen.getByRole('button', { name: button }).click();
  expect(stores.navigation.passphraseOpen).toBe(true);
});

test('a keyring that does not answer can be tried again, and its silence is said', async () => {
  const { host, stores, screen } = await strip(UNREACHABLE);
  await expect.element(screen.getByRole('status')).toMatchTextContent(/The keyring that keeps your passwords does not answer/);
  await screen.getByRole('button', { name: 'Try again' }).click();
  await expect.element(screen.getByRole('status')).toMatchTextContent(/still does not answer/);
  expect(host.askedFor('secrets.retry')).toEqual([{}]);
  expect(stores.navigation.failure).toBe(null);
  host.setSecrets({ state: 'open' });
  await expect.element(screen.getByRole('status')).not.toBeInTheDocument();
});

test('another failure of the keyring is told as every failure is', async () => {
  const { host, stores, screen } = await strip(UNREACHABLE);
  host.failing.set('secrets.retry', { code: 'internal' });
  await screen.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => stores.navigation.failure?.code).toBe('internal');
});

test('nothing is said while passwords can be read, nor without an account that has one', async () => {
  for (const [secrets, accounts] of [
    [OPEN, [account()]],
    [UNREACHABLE, []],
    [UNREACHABLE, [account({ isPractice: true })]],
  ] as const) {
    const { screen } = await strip(secrets, [...accounts]);
    await expect.element(screen.getByRole('status')).not.toBeInTheDocument();
    await screen.unmount();
  }
});
