import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../renderer/ui/base.css';
import '../../renderer/ui/tokens.css';
import PassphraseSheet from '../../renderer/features/secrets/PassphraseSheet.svelte';
import MainWindow from '../../renderer/windows/MainWindow.svelte';
import type { Secrets } from '../../common/model/secrets.ts';
import { FakeHost } from '../support/fake-host.ts';
import { account } from '../support/samples.ts';
import { show, storesOf } from './setup.ts';

const UNSET: Secrets = { state: 'unset', keeper: null, keyringName: null, inClear: false };
const LOCKED: Secrets = { ...UNSET, state: 'locked', keeper: 'passphrase' };
const OPEN: Secrets = { ...LOCKED, state: 'open' };

async function sheet(secrets: Secrets, changing = false) {
  const host = new FakeHost();
  host.secrets = secrets;
  const stores = await storesOf(host);
  await expect.poll(() => stores.secrets.mirror.loaded).toBe(true);
  const screen = await show(stores, PassphraseSheet, { open: true, changing });
  return { host, screen };
}

test('a passphrase is chosen by typing it twice', async () => {
  const { host, screen } = await sheet(UNSET);
  await screen.getByLabelText('Passphrase', { exact: true }).fill('battery staple');
  await screen.getByLabelText('The same once more').fill('battery staple');
  await screen.getByRole('button', { name: 'Use this passphrase' }).click();
  await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
  expect(host.askedFor('secrets.setPassphrase')).toEqual([{ passphrase: 'battery staple' }]);
});

test('two that differ are not handed in', async () => {
  const { host, screen } = await sheet(UNSET);
  await screen.getByLabelText('Passphrase', { exact: true }).fill('battery staple');
  await screen.getByLabelText('The same once more').fill('battery stable');
  await screen.getByRole('button', { name: 'Use this passphrase' }).click();
  await expect.element(screen.getByLabelText('The same once more')).toHaveAccessibleDescription('The two are not the same.');
  await expect.element(screen.getByLabelText('The same once more')).toHaveFocus();
  expect(host.askedFor('secrets.setPassphrase')).toEqual([]);
});

test('a short one is refused at its field', async () => {
  const { host, screen } = await sheet(UNSET);
  await screen.getByLabelText('Passphrase', { exact: true }).fill('battery');
  await screen.getByLabelText('The same once more').fill('battery');
  await screen.getByRole('button', { name: 'Use this passphrase' }).click();
  await expect.element(screen.getByLabelText('Passphrase', { exact: true })).toHaveAccessibleDescription('Use at least 8 characters.');
  await expect.element(screen.getByLabelText('Passphrase', { exact: true })).toHaveFocus();
  expect(host.askedFor('secrets.setPassphrase')).toEqual([]);
});

test('what the host refuses is told, and what was typed stays', async () => {
  const { host, screen } = await sheet(UNSET);
  host.failing.set('secrets.setPassphrase', { code: 'storage-failed' });
  await screen.getByLabelText('Passphrase', { exact: true }).fill('battery staple');
  await screen.getByLabelText('The same once more').fill('battery staple');
  await screen.getByRole('button', { name: 'Use this passphrase' }).click();
  await expect.element(screen.getByRole('alert')).toMatchTextContent(/could not be stored/);
  await expect.element(screen.getByLabelText('Passphrase', { exact: true })).toHaveValue('battery staple');
});

test('a wrong one opens nothing, the right one does', async () => {
  const { host, screen } = await sheet(LOCKED);
  const field = screen.getByLabelText('Passphrase', { exact: true });
  await field.fill('wrong');
  await screen.getByRole('button', { name: 'Open', exact: true }).click();
  await expect.element(field).toHaveAccessibleDescription(/That is not the passphrase/);
  expect(host.secrets.state).toBe('locked');
  await field.fill('correct horse');
  await screen.getByRole('button', { name: 'Open', exact: true }).click();
  await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
  expect(host.secrets.state).toBe('open');
});

test('locked while another is being chosen, it asks for the one there is', async () => {
  const { host, screen } = await sheet(UNSET);
  await expect.element(screen.getByRole('dialog', { name: 'Choose a passphrase' })).toBeVisible();
  host.setSecrets(LOCKED);
  await expect.element(screen.getByRole('dialog', { name: 'Type your passphrase' })).toBeVisible();
  await expect.element(screen.getByLabelText('The same once more')).not.toBeInTheDocument();
});

test('opened from elsewhere, it goes, and never asks for another passphrase', async () => {
  const { host, screen } = await sheet(LOCKED);
  const titles = new Set<string>();
  const watch = new MutationObserver(() => titles.add(document.querySelector('[role=dialog] h2')?.textContent ?? ''));
  watch.observe(document.body, { subtree: true, childList: true, characterData: true });
  await expect.element(screen.getByRole('dialog', { name: 'Type your passphrase' })).toBeVisible();
  host.setSecrets({ state: 'open' });
  await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
  watch.disconnect();
  expect([...titles].filter((title) => title !== '' && title !== 'Type your passphrase')).toEqual([]);
});

test('changing it needs the present one', async () => {
  const { host, screen } = await sheet(OPEN, true);
  await screen.getByLabelText('Present passphrase').fill('wrong');
  await screen.getByLabelText('New passphrase').fill('battery staple');
  await screen.getByLabelText('The same once more').fill('battery staple');
  await screen.getByRole('button', { name: 'Use this passphrase' }).click();
  await expect.element(screen.getByLabelText('Present passphrase')).toHaveAccessibleDescription(/That is not the passphrase/);
  expect(host.passphrase).toBe('correct horse');
  await screen.getByLabelText('Present passphrase').fill('correct horse');
  await screen.getByRole('button', { name: 'Use this passphrase' }).click();
  await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
  expect(host.passphrase).toBe('battery staple');
});

test('one that nobody remembers is forgotten after a question', async () => {
  const { host, screen } = await sheet(LOCKED);
  await screen.getByRole('button', { name: 'I do not know it any more' }).click();
  await expect.element(screen.getByText(/Without it nobody can read the passwords/)).toHaveFocus();
  await screen.getByRole('button', { name: 'Cancel' }).click();
  expect(host.askedFor('secrets.forget')).toEqual([]);
  await screen.getByRole('button', { name: 'I do not know it any more' }).click();
  await screen.getByRole('button', { name: 'Forget the passwords' }).click();
  await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
  expect(host.askedFor('secrets.forget')).toEqual([{}]);
});

/** The real core refuses to keep a password while it has nothing to keep it by. */
async function signIn(secrets: Secrets) {
  await page.viewport(1100, 720);
  const host = new FakeHost();
  host.secrets = secrets;
  const stores = await storesOf(host);
  const screen = await render(MainWindow, { stores });
  return { host, stores, screen };
}

async function fillIn(screen: Awaited<ReturnType<typeof signIn>>['screen']): Promise<void> {
  const form = screen.getByRole('dialog', { name: 'Sign in to Ahoy' });
  await form.getByLabelText('Address', { exact: true }).fill('alice@example.org');
  await form.getByLabelText('Password', { exact: true }).fill('secret');
}

test('an account that needs a passphrase first is handed in again by itself, with all that was typed', async () => {
  const { host, stores, screen } = await signIn(UNSET);
  host.failing.set('accounts.add', { code: 'secrets-locked' });
  await fillIn(screen);
  await screen.getByRole('button', { name: 'Sign in', exact: true }).click();
  const asks = screen.getByRole('dialog', { name: 'Choose a passphrase' });
  await expect.element(asks).toBeVisible();
  expect(host.accounts).toEqual([]);
  host.failing.clear();
  await asks.getByLabelText('Passphrase', { exact: true }).fill('battery staple');
  await asks.getByLabelText('The same once more').fill('battery staple');
  await asks.getByRole('button', { name: 'Use this passphrase' }).click();
  await expect.poll(() => host.accounts.length).toBe(1);
  const handedIn = { password: 'secret', settings: { addressOfRecord: 'sip:alice@example.org' } };
  expect(host.askedFor('accounts.add')).toMatchObject([handedIn, handedIn]);
  host.setAccount({ ...host.accounts[0]!, registration: account().registration });
  await expect.element(screen.getByRole('dialog', { name: 'Sign in to Ahoy' })).not.toBeInTheDocument();
  expect(stores.navigation.passphraseOpen).toBe(false);
});

test('while a keyring is silent no passphrase is asked for: it is tried again, and said', async () => {
  const { host, screen } = await signIn({ ...UNSET, state: 'unreachable', keeper: 'keyring' });
  host.failing.set('accounts.add', { code: 'secrets-locked' });
  await fillIn(screen);
  await screen.getByRole('button', { name: 'Sign in', exact: true }).click();
  const form = screen.getByRole('dialog', { name: 'Sign in to Ahoy' });
  await expect.element(form.getByRole('alert')).toMatchTextContent(/The keyring that keeps your passwords does not answer/);
  await expect.element(screen.getByRole('dialog', { name: 'Choose a passphrase' })).not.toBeInTheDocument();
  expect(host.asked.map(({ name }) => name).filter((name) => name === 'secrets.retry' || name === 'accounts.add')).toEqual([
    'secrets.retry',
    'accounts.add',
  ]);
});

test('a passphrase that is put off leaves the typed account where it is, with the reason', async () => {
  const { host, screen } = await signIn(UNSET);
  host.failing.set('accounts.add', { code: 'secrets-locked' });
  await fillIn(screen);
  await screen.getByRole('button', { name: 'Sign in', exact: true }).click();
  const asks = screen.getByRole('dialog', { name: 'Choose a passphrase' });
  await asks.getByRole('button', { name: 'Close' }).click();
  await expect.element(asks).not.toBeInTheDocument();
  const form = screen.getByRole('dialog', { name: 'Sign in to Ahoy' });
  await expect.element(form.getByRole('alert')).toMatchTextContent(/Passwords are locked/);
  await expect.element(form.getByLabelText('Address', { exact: true })).toHaveValue('alice@example.org');
  await expect.element(form.getByLabelText('Password', { exact: true })).toHaveValue('secret');
  expect(host.askedFor('accounts.add')).toHaveLength(1);
});

test('locked passwords are asked for once when the window opens, and by the strip after that', async () => {
  await page.viewport(1100, 720);
  const host = new FakeHost();
  host.accounts = [account()];
  host.secrets = LOCKED;
  const screen = await render(MainWindow, { stores: await storesOf(host) });
  const asks = screen.getByRole('dialog', { name: 'Type your passphrase' });
  await asks.getByRole('button', { name: 'Close' }).click();
  await expect.element(asks).not.toBeInTheDocument();
  await screen.getByRole('button', { name: 'Type the passphrase' }).click();
  await asks.getByLabelText('Passphrase', { exact: true }).fill('correct horse');
  await asks.getByRole('button', { name: 'Open', exact: true }).click();
  await expect.element(asks).not.toBeInTheDocument();
  await expect.element(screen.getByText(/Your passwords are locked/)).not.toBeInTheDocument();
});
