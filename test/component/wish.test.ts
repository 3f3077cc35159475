import { expect, onTestFinished, test, vi } from 'vitest';
import WishSheet from '../../renderer/features/desktop/WishSheet.svelte';
import type { AccountId } from '../../common/model/ids.ts';
import type { Wish } from '../../common/model/wish.ts';
import { FakeHost } from '../support/fake-host.ts';
import { account, address, person } from '../support/samples.ts';
import { show, storesOf } from './setup.ts';

const work = account({
  id: 'account-work' as AccountId,
  settings: { ...account().settings, addressOfRecord: address('alice@work.example') },
});

/** Past the moment in which a click is not taken, unless that is the matter. */
async function sheet(change: Partial<Wish> = {}, accounts = [account()], settled = true) {
  const host = new FakeHost();
  host.host = { ...host.host, capabilities: { ...host.host.capabilities, windows: true } };
  host.accounts = accounts;
  host.people = [person('Bob', 'bob@example.org')];
  const wish: Wish = { id: 'wish-1', action: 'call', target: 'carol@example.org', from: 'link', atMs: 1_000, ...change };
  host.wishes = [wish];
  const stores = await storesOf(host);
  await expect.poll(() => stores.desktop.wishes.length).toBe(1);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const screen = await show(stores, WishSheet, { wish });
  if (settled) {
    vi.advanceTimersByTime(400);
    vi.useRealTimers();
  }
  return { host, stores, screen };
}

test('nothing is dialled before it is confirmed; a call is then placed once', async () => {
  const { host, screen } = await sheet();
  const call = screen.getByRole('button', { name: 'Call', exact: true });
  await expect.element(screen.getByText('A link in another program asks for this.')).toBeVisible();
  await expect.element(screen.getByText('carol@example.org')).toBeVisible();
  expect(host.askedFor('calls.place')).toEqual([]);
  await expect.element(call).toBeEnabled();
  const button = call.element() as HTMLButtonElement;
  button.click();
  button.click();
  await expect.poll(() => host.askedFor('desktop.dismissWish')).toEqual([{ id: 'wish-1' }]);
  expect(host.askedFor('calls.place')).toMatchObject([{ accountId: 'account-alice', to: 'sip:carol@example.org', video: false }]);
});

test('a click meant for what stood in its place is not taken', async () => {
  const { host, screen } = await sheet({}, [account()], false);
  const call = screen.getByRole('button', { name: 'Call', exact: true });
  await expect.element(call).toBeDisabled();
  (call.element() as HTMLButtonElement).click();
  vi.advanceTimersByTime(400);
  vi.useRealTimers();
  await expect.element(call).toBeEnabled();
  expect(host.askedFor('calls.place')).toEqual([]);
});

test('the call goes out by the account that was chosen', async () => {
  const { host, screen } = await sheet({}, [account(), work]);
  const from = screen.getByRole('combobox', { name: 'From' });
  await expect.element(from).toHaveValue('account-alice');
  await from.selectOptions('alice@work.example');
  await screen.getByRole('button', { name: 'Call', exact: true }).click();
  await expect.poll(() => host.askedFor('calls.place')).toMatchObject([{ accountId: 'account-work', to: 'sip:carol@example.org' }]);
});

test('a number is completed by the domain of the account', async () => {
  const { host, screen } = await sheet({ target: '+44 20 1234' }, [account(), work]);
  await screen.getByRole('combobox', { name: 'From' }).selectOptions('alice@work.example');
  await screen.getByRole('button', { name: 'Call', exact: true }).click();
  await expect.poll(() => host.askedFor('calls.place')).toMatchObject([{ to: 'sip:+44201234@work.example' }]);
});

test('a name that is one of the user’s people is that person', async () => {
  const { host, screen } = await sheet({ target: 'bob', from: 'command-line' });
  await expect.element(screen.getByText('bob@example.org')).toBeVisible();
  await screen.getByRole('button', { name: 'Call', exact: true }).click();
  await expect.poll(() => host.askedFor('calls.place')).toMatchObject([{ to: 'sip:bob@example.org' }]);
});

test('a chat is opened instead of a call', async () => {
  const { host, stores, screen } = await sheet({ action: 'chat' });
  await screen.getByRole('dialog', { name: 'Chat?' }).getByRole('button', { name: 'Chat', exact: true }).click();
  await expect.poll(() => stores.navigation.conversationId).not.toBeNull();
  expect(host.askedFor('messaging.open')).toMatchObject([{ peer: 'sip:carol@example.org' }]);
  expect(host.askedFor('calls.place')).toEqual([]);
  await expect.poll(() => host.wishes).toEqual([]);
});

test('what names nobody offers no call', async () => {
  const { host, screen } = await sheet({ target: 'nobody <of> them' });
  await expect.element(screen.getByText('This is no name, number or address that could be called.')).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Call', exact: true })).toBeDisabled();
  await expect.element(screen.getByRole('button', { name: 'Chat', exact: true })).toBeDisabled();
  expect(host.askedFor('calls.place')).toEqual([]);
});

test('without an account it is said, and no call is offered', async () => {
  const { screen } = await sheet({}, []);
  await expect.element(screen.getByText('Sign in to an account first.')).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Call', exact: true })).toBeDisabled();
});

test('cancelled, the wish is dismissed and nothing is placed', async () => {
  const { host, screen } = await sheet();
  await screen.getByRole('button', { name: 'Cancel' }).click();
  await expect.poll(() => host.askedFor('desktop.dismissWish')).toEqual([{ id: 'wish-1' }]);
  expect(host.askedFor('calls.place')).toEqual([]);
});

test('a refused call is told, the wish stays and can be tried again', async () => {
  const { host, screen } = await sheet();
  host.failing.set('calls.place', { code: 'offline' });
  await screen.getByRole('button', { name: 'Call', exact: true }).click();
  await expect.element(screen.getByRole('alert')).toMatchTextContent(/The account is not signed in/);
  expect(host.askedFor('desktop.dismissWish')).toEqual([]);
  host.failing.clear();
  await screen.getByRole('button', { name: 'Call', exact: true }).click();
  await expect.poll(() => host.askedFor('desktop.dismissWish')).toEqual([{ id: 'wish-1' }]);
});
