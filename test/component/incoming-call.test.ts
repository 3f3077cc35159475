import { expect, test, vi } from 'vitest';
import IncomingCall from '../../renderer/windows/IncomingCall.svelte';
import { FakeHost } from '../support/fake-host.ts';
import { account, address, call, person } from '../support/samples.ts';
import { show, storesOf } from './setup.ts';

async function ring(...calls: ReturnType<typeof call>[]) {
  const host = new FakeHost();
  host.host = { ...host.host, capabilities: { ...host.host.capabilities, windows: true } };
  host.accounts = [account()];
  host.people = [person('Reception', 'reception@example.org')];
  const stores = await storesOf(host);
  const screen = await show(stores, IncomingCall);
  for (const each of calls) host.setCall(each);
  return { host, stores, screen };
}

test('the card says who calls and to which account', async () => {
  const { screen } = await ring(call('c1', { peer: address('reception@example.org'), peerDisplayName: 'somebody' }));
  const card = screen.getByRole('article', { name: 'Incoming call from Reception' });
  await expect.element(card).toMatchTextContent(/to alice@example.org/);
  await expect.element(card.getByRole('button', { name: 'Accept with video' })).not.toBeInTheDocument();
});

test('a card never takes the focus from who types', async () => {
  const field = document.body.appendChild(document.createElement('input'));
  field.focus();
  const { screen } = await ring(call('c1'));
  await expect.element(screen.getByRole('button', { name: 'Accept' })).toBeVisible();
  expect(document.activeElement).toBe(field);
  field.remove();
});

test('video is offered where the call has it, and each answer is asked as chosen', async () => {
  const { host, screen } = await ring(call('c1', { video: true }));
  await screen.getByRole('button', { name: 'Accept with video' }).click();
  await screen.getByRole('button', { name: 'Accept without camera' }).click();
  await expect
    .poll(() => host.askedFor('calls.accept'))
    .toEqual([
      { callId: 'c1', video: true, endOthers: false },
      { callId: 'c1', video: false, endOthers: false },
    ]);
});

test('several calls stack, and a declined one goes', async () => {
  const { host, screen } = await ring(call('c1'), call('c2', { peer: address('reception@example.org') }));
  await screen.getByRole('article', { name: 'Incoming call from Bob' }).getByRole('button', { name: 'Decline' }).click();
  await expect.element(screen.getByRole('article', { name: 'Incoming call from Bob' })).not.toBeInTheDocument();
  await expect.element(screen.getByRole('article', { name: 'Incoming call from Reception' })).toBeVisible();
  expect(host.askedFor('calls.reject')).toMatchObject([{ callId: 'c1' }]);
});

test('beside a call that runs, accepting says that it holds or ends that one', async () => {
  const { host, screen } = await ring(call('c1', { state: 'active', answeredAtMs: 1_000 }), call('c2'));
  await screen.getByRole('button', { name: 'Hold and accept' }).click();
  await screen.getByRole('button', { name: 'End and accept' }).click();
  await expect
    .poll(() => host.askedFor('calls.accept'))
    .toEqual([
      { callId: 'c2', video: false, endOthers: false },
      { callId: 'c2', video: false, endOthers: true },
    ]);
});

test('a message instead declines the call and opens the conversation', async () => {
  const { host, stores, screen } = await ring(call('c1'));
  await screen.getByRole('button', { name: 'Message instead' }).click();
  await expect.poll(() => host.askedFor('calls.reject').length).toBe(1);
  await expect.poll(() => stores.navigation.conversationId).not.toBeNull();
  expect(host.askedFor('messaging.open')).toMatchObject([{ peer: 'sip:bob@example.org' }]);
});

test('where the host opens no windows, accepting opens one, and a blocked one is told', async () => {
  const { host, stores, screen } = await ring(call('c1'));
  host.host = { ...host.host, capabilities: { ...host.host.capabilities, windows: false } };
  host.dropConnections();
  await expect.poll(() => stores.connection.online && !stores.host.capabilities.windows).toBe(true);
  const open = vi.spyOn(window, 'open').mockReturnValue(null);
  await screen.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect.poll(() => open.mock.calls.at(0)?.[0]).toBe('/call.html?call=c1');
  await expect.poll(() => stores.navigation.blocked.has(call('c1').id)).toBe(true);
  open.mockRestore();
});
