import { expect, test, vi } from 'vitest';
import SignInSheet from '../../renderer/features/accounts/SignInSheet.svelte';
import type { Failure } from '../../common/model/failure.ts';
import { FakeHost } from '../support/fake-host.ts';
import { show, storesOf } from './setup.ts';

async function sheet() {
  const host = new FakeHost();
  const stores = await storesOf(host);
  const ondone = vi.fn();
  const screen = await show(stores, SignInSheet, { open: true, first: true, ondone });
  const register = (state: 'registered' | 'refused', failure: Failure | null = null): void => {
    const account = host.accounts.at(-1)!;
    host.setAccount({ ...account, registration: { state, sinceMs: Date.now(), failure, nextAttemptAtMs: null, expiresAtMs: null } });
  };
  return { host, stores, screen, ondone, register };
}

test('empty fields are named, and nothing is handed in', async () => {
  const { host, screen } = await sheet();
  await screen.getByRole('button', { name: 'Sign in' }).click();
  await expect.element(screen.getByText('Enter your address')).toBeVisible();
  await expect.element(screen.getByText('Enter your password')).toBeVisible();
  expect(host.askedFor('accounts.add')).toEqual([]);
});

test('a wrong field under Advanced unfolds it', async () => {
  const { host, screen } = await sheet();
  await screen.getByLabelText('Address', { exact: true }).fill('alice@example.org');
  await screen.getByLabelText('Password', { exact: true }).fill('secret');
  await screen.getByRole('button', { name: 'Advanced' }).click();
  await screen.getByLabelText('Port').fill('70000');
  await screen.getByLabelText('STUN and TURN servers').fill('example.org');
  await screen.getByRole('button', { name: 'Advanced' }).click();
  await screen.getByRole('button', { name: 'Sign in' }).click();
  await expect.element(screen.getByText('A port is a number from 1 to 65535')).toBeVisible();
  await expect.element(screen.getByText('“example.org” does not begin with stun: or turn:')).toBeVisible();
  expect(host.askedFor('accounts.add')).toEqual([]);
});

test('address and password are enough; the sheet goes when the account is registered', async () => {
  const { host, screen, ondone, register } = await sheet();
  await screen.getByLabelText('Address', { exact: true }).fill('Alice@Example.org');
  await screen.getByLabelText('Password', { exact: true }).fill('secret');
  await screen.getByRole('button', { name: 'Sign in' }).click();
  await expect.element(screen.getByText('Signing in as', { exact: false })).toBeVisible();
  expect(host.askedFor('accounts.add')).toMatchObject([
    { password: 'secret', settings: { addressOfRecord: 'sip:Alice@example.org', transport: 'tls', port: null } },
  ]);
  expect(ondone).not.toHaveBeenCalled();
  register('registered');
  await expect.poll(() => ondone.mock.calls.length).toBe(1);
});

test('a refusal says what to do, keeps what was typed, and the next try mends the same account', async () => {
  const { host, screen, ondone, register } = await sheet();
  await screen.getByLabelText('Address', { exact: true }).fill('alice@example.org');
  await screen.getByLabelText('Password', { exact: true }).fill('wrong');
  await screen.getByRole('button', { name: 'Sign in' }).click();
  await expect.poll(() => host.accounts.length).toBe(1);
  register('refused', { code: 'credentials-refused' });
  await expect.element(screen.getByRole('alert')).toMatchTextContent(/Address or password is not right. Type the password again/);
  await expect.element(screen.getByLabelText('Address', { exact: true })).toHaveValue('alice@example.org');
  await expect.element(screen.getByLabelText('Password', { exact: true })).toHaveValue('wrong');

  await screen.getByLabelText('Password', { exact: true }).fill('right');
  await screen.getByRole('button', { name: 'Sign in' }).click();
  await expect.poll(() => host.askedFor('accounts.update')).toMatchObject([{ accountId: host.accounts[0]!.id, password: 'right' }]);
  expect(host.askedFor('accounts.add').length).toBe(1);
  register('registered');
  await expect.poll(() => ondone.mock.calls.length).toBe(1);
});

test('a refused certificate is shown with whose it is', async () => {
  const { host, screen, register } = await sheet();
  await screen.getByLabelText('Address', { exact: true }).fill('alice@example.org');
  await screen.getByLabelText('Password', { exact: true }).fill('secret');
  await screen.getByRole('button', { name: 'Sign in' }).click();
  await expect.poll(() => host.accounts.length).toBe(1);
  register('refused', {
    code: 'certificate-refused',
    certificate: {
      subject: 'CN=sip.example.org',
      issuer: 'CN=Company CA',
      validFrom: 'May 1 2026',
      validTo: 'May 1 2027',
      fingerprintSha256: 'AA:BB',
      problem: 'SELF_SIGNED_CERT_IN_CHAIN',
    },
  });
  await expect.element(screen.getByText('CN=Company CA')).toBeVisible();
  await expect.element(screen.getByText('May 1 2026 to May 1 2027')).toBeVisible();
});

test('a host that does not answer loses nothing that was typed', async () => {
  const { host, screen } = await sheet();
  await screen.getByLabelText('Address', { exact: true }).fill('alice@example.org');
  await screen.getByLabelText('Password', { exact: true }).fill('secret');
  host.reachable = false;
  host.dropConnections();
  await screen.getByRole('button', { name: 'Sign in' }).click();
  await expect.element(screen.getByRole('alert')).toMatchTextContent(/did not answer/);
  await expect.element(screen.getByLabelText('Password', { exact: true })).toHaveValue('secret');
});

test('practice needs no account', async () => {
  const { host, screen } = await sheet();
  await screen.getByRole('button', { name: 'Try it without an account' }).click();
  await expect.poll(() => host.askedFor('practice.start').length).toBe(1);
});

test('a TURN server asks for its user name and password, which go in beside the settings', async () => {
  const { host, screen } = await sheet();
  await screen.getByLabelText('Address', { exact: true }).fill('alice@example.org');
  await screen.getByLabelText('Password', { exact: true }).fill('secret');
  await screen.getByRole('button', { name: 'Advanced' }).click();
  await screen.getByLabelText('STUN and TURN servers').fill('stun:stun.example.org');
  await expect.element(screen.getByLabelText('TURN user name')).not.toBeInTheDocument();
  await screen.getByLabelText('STUN and TURN servers').fill('stun:stun.example.org\nturn:turn.example.org:3478');
  await screen.getByLabelText('TURN user name').fill('me');
  await screen.getByLabelText('TURN password').fill('turn secret');
  await screen.getByRole('button', { name: 'Sign in' }).click();
  await expect
    .poll(() => host.askedFor('accounts.add'))
    .toMatchObject([
      {
        settings: { iceServers: [{ url: 'stun:stun.example.org' }, { url: 'turn:turn.example.org:3478', username: 'me' }] },
        iceCredentials: { 'turn:turn.example.org:3478': 'turn secret' },
      },
    ]);
});
