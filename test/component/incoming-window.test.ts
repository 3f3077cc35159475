import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../renderer/ui/base.css';
import '../../renderer/ui/tokens.css';
import IncomingWindow from '../../renderer/windows/IncomingWindow.svelte';
import { FakeHost } from '../support/fake-host.ts';
import { account, address, call, conversation, person } from '../support/samples.ts';
import { storesOf } from './setup.ts';

/** What the host gives a card, and the line between two. */
const AUDIO = 180;
const VIDEO = 222;
const LINE = 1;
/** The row to end another call with. */
const END_ROW = 42;

async function ring(...calls: ReturnType<typeof call>[]) {
  const ringing = calls.filter(({ state }) => state === 'ringing');
  const endRow = ringing.length < calls.length ? END_ROW : 0;
  const height = ringing.reduce((sum, { video }) => sum + (video ? VIDEO : AUDIO) + endRow + LINE, -LINE);
  await page.viewport(380, height);
  const host = new FakeHost();
  host.host = { ...host.host, capabilities: { ...host.host.capabilities, windows: true, incomingCard: true } };
  host.accounts = [account()];
  host.people = [person('Reception', 'reception@example.org')];
  host.calls = calls;
  const stores = await storesOf(host, 'incoming');
  await expect.poll(() => stores.people.mirror.loaded && stores.messaging.mirror.loaded && stores.host.mirror.loaded).toBe(true);
  const screen = await render(IncomingWindow, { stores });
  const card = (name: string) => screen.getByRole('article', { name: `Incoming call from ${name}` });
  return { host, stores, screen, card };
}

const second = call('c2', { peer: address('reception@example.org'), peerDisplayName: '' });

test('cards stack below each other, and all is in sight', async () => {
  const { card } = await ring(call('c1'), second);
  await expect.element(card('Bob')).toBeVisible();
  await expect.element(card('Reception')).toBeVisible();
  const [first, below] = [card('Bob').element().getBoundingClientRect(), card('Reception').element().getBoundingClientRect()];
  expect(below.top).toBeGreaterThanOrEqual(first.bottom);
  expect(below.bottom).toBeLessThanOrEqual(AUDIO + LINE + AUDIO);
});

test('a call that comes later is added, and one that is taken elsewhere goes', async () => {
  const { host, card } = await ring(call('c1'));
  host.setCall(second);
  await expect.element(card('Reception')).toBeVisible();
  host.setCall({ ...call('c1'), state: 'ended', endedAtMs: 2_000 });
  await expect.element(card('Bob')).not.toBeInTheDocument();
  await expect.element(card('Reception')).toBeVisible();
});

test('accepting and declining are asked of the call on the card', async () => {
  const { host, card } = await ring(call('c1', { video: true }), second);
  await card('Reception').getByRole('button', { name: 'Decline' }).click();
  await expect.element(card('Reception')).not.toBeInTheDocument();
  await card('Bob').getByRole('button', { name: 'Accept with video' }).click();
  await expect.poll(() => host.askedFor('calls.accept')).toEqual([{ callId: 'c1', video: true, endOthers: false }]);
  expect(host.askedFor('calls.reject')).toMatchObject([{ callId: 'c2' }]);
});

test.each([
  ['a call', false, false, AUDIO],
  ['a video call', true, false, VIDEO],
  ['a call beside another', false, true, AUDIO + END_ROW],
  ['a video call beside another', true, true, VIDEO + END_ROW],
])('the card of %s fits its window with all it says and offers, refused too', async (_what, video, isInCall, height) => {
  const { host, card } = await ring(call('c1', { video }), ...(isInCall ? [call('c0', { state: 'active', answeredAtMs: 1_000 })] : []));
  const shown = card('Bob');
  await expect.element(shown.getByText('bob@example.org', { exact: true })).toBeVisible();
  await expect.element(shown.getByText('to alice@example.org')).toBeVisible();
  expect(shown.element().getBoundingClientRect().height).toBeLessThanOrEqual(height);
  host.failing.set('calls.accept', { code: 'offline' });
  await shown.getByRole('button', { name: /^(?:Hold and accept|Accept|Accept with video)$/ }).click();
  await expect.element(shown.getByRole('alert')).toMatchTextContent('The account is not signed in.');
  expect(shown.element().getBoundingClientRect().height).toBeLessThanOrEqual(height);
});

test('a refusal is told on its card', async () => {
  const { host, card } = await ring(call('c1'), second);
  host.failing.set('calls.accept', { code: 'conflict' });
  await card('Bob').getByRole('button', { name: 'Accept', exact: true }).click();
  await expect.element(card('Bob').getByRole('alert')).toMatchTextContent(/not possible just now/);
  await expect.element(card('Reception').getByRole('alert')).not.toBeInTheDocument();
});

test('a message instead declines, and the main window is asked to show the conversation', async () => {
  const { host, card } = await ring(call('c1'));
  await card('Bob').getByRole('button', { name: 'Message instead' }).click();
  await expect.poll(() => host.askedFor('host.openWindow').length).toBe(1);
  expect(host.askedFor('calls.reject')).toMatchObject([{ callId: 'c1' }]);
  expect(host.askedFor('messaging.open')).toMatchObject([{ peer: 'sip:bob@example.org' }]);
  expect(host.askedFor('host.openWindow')).toEqual([
    { kind: 'main', view: { kind: 'conversation', conversationId: host.conversations[0]!.id } },
  ]);
});

test('a conversation that is there already is shown, not opened twice', async () => {
  const { host, stores, card } = await ring(call('c1'));
  host.conversations = [conversation('bob@example.org')];
  host.publish('messaging.conversationChanged', { conversation: host.conversations[0]! });
  await expect.poll(() => stores.messaging.conversations.length).toBe(1);
  await card('Bob').getByRole('button', { name: 'Message instead' }).click();
  await expect
    .poll(() => host.askedFor('host.openWindow'))
    .toEqual([{ kind: 'main', view: { kind: 'conversation', conversationId: 'conversation-bob@example.org' } }]);
  expect(host.conversations.length).toBe(1);
});
