import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import ConversationView from '../../renderer/features/messaging/ConversationView.svelte';
import { FakeHost } from '../support/fake-host.ts';
import { account, address, callRecord, conversation, message, person, presentity } from '../support/samples.ts';
import { show, storesOf } from './setup.ts';

async function view(prepare: (host: FakeHost) => void = () => undefined) {
  await page.viewport(1100, 720);
  const host = new FakeHost();
  const talk = conversation('bob@example.org');
  host.accounts = [account()];
  host.people = [person('Bob', 'bob@example.org')];
  host.presentities = [presentity('bob@example.org', 'available', { note: 'In the workshop', sinceMs: Date.now() })];
  host.conversations = [talk];
  host.messages = Array.from({ length: 120 }, (_, index) => message(talk.id, index + 1));
  prepare(host);
  const stores = await storesOf(host);
  const screen = await show(stores, ConversationView, {
    conversation: stores.messaging.get(talk.id),
    onback: () => undefined,
    onaddperson: () => undefined,
  });
  return { host, talk, stores, screen };
}

test('the newest message is in sight, with the name and presence in words above', async () => {
  const { screen } = await view();
  await expect.element(screen.getByText('message 120', { exact: true })).toBeInViewport();
  await expect.element(screen.getByRole('heading', { name: 'Bob' })).toBeVisible();
  await expect.element(screen.getByText(/Available since .* In the workshop/)).toBeVisible();
});

test('scrolling up loads what is older', async () => {
  const { host, screen } = await view();
  await expect.element(screen.getByText('message 120', { exact: true })).toBeInViewport();
  const log = screen.getByRole('log', { name: 'Messages' }).element();
  await expect
    .poll(() => {
      log.scrollTop = 0;
      return host.askedFor('messaging.page').length;
    })
    .toBe(3);
  await expect
    .poll(() => {
      log.scrollTop = 0;
      return screen.getByText('message 1', { exact: true }).query() !== null;
    })
    .toBe(true);
});

test('an incoming message is followed at the foot, and counted further up', async () => {
  const { host, talk, screen } = await view();
  await expect.element(screen.getByText('message 120', { exact: true })).toBeInViewport();
  host.addMessage(message(talk.id, 121, { text: 'followed' }));
  await expect.element(screen.getByText('followed')).toBeInViewport();

  const log = screen.getByRole('log', { name: 'Messages' }).element();
  // While rows are still being measured a step up may be taken back; a reader scrolls on.
  await expect
    .poll(() => {
      log.scrollTop -= 600;
      return screen.getByRole('button', { name: 'Go to newest' }).query();
    })
    .not.toBeNull();
  host.addMessage(message(talk.id, 122, { text: 'waiting below' }));
  await screen.getByRole('button', { name: '1 new message' }).click();
  await expect.element(screen.getByText('waiting below')).toBeInViewport();
});

test('what was unread stands below a line, until it is answered; what comes while nobody looks as well', async () => {
  const { host, talk, stores, screen } = await view((host) => {
    host.conversations = [conversation('bob@example.org', { unreadCount: 3 })];
    host.messages = host.messages.map((each) => ({ ...each, direction: 'incoming' as const }));
  });
  const line = screen.getByRole('heading', { name: 'New', exact: true });
  await expect.element(line).toBeVisible();
  const isBetween = (above: string, below: string): boolean => {
    const [first, middle, last] = [screen.getByText(above, { exact: true }), line, screen.getByText(below, { exact: true })].map(
      (each) => each.element().getBoundingClientRect().top,
    );
    return first! < middle! && middle! < last!;
  };
  await expect.poll(() => isBetween('message 117', 'message 118')).toBe(true);
  host.addMessage(message(talk.id, 121, { direction: 'outgoing', text: 'answered' }));
  await expect.poll(() => line.query()).toBeNull();

  stores.attention.present = false;
  host.addMessage(message(talk.id, 122, { direction: 'incoming', text: 'came meanwhile' }));
  await expect.element(line).toBeVisible();
});

test('calls stand among the messages, a new one at the foot, and each can be made again', async () => {
  const start = Date.now() - 3_600_000;
  const { host, screen } = await view((host) => {
    host.messages = [1, 2].map((n) => message(talk.id, n, { atMs: start + n * 60_000 }));
    host.records = [
      callRecord('missed', { outcome: 'missed', startedAtMs: start + 90_000 }),
      callRecord('another', { peer: address('carol@example.org'), startedAtMs: start + 91_000 }),
    ];
  });
  await expect.element(screen.getByText('Missed call')).toBeVisible();
  const log = screen.getByRole('log', { name: 'Messages' });
  expect(log.element().textContent.replace(/\s+/g, ' ')).toMatch(/message 1.*Missed call.*message 2/);
  expect(screen.getByText(/Incoming call/).query()).toBeNull();

  const video = { video: true, durationMs: 245_000, direction: 'outgoing' as const, startedAtMs: Date.now() };
  host.publish('history.recordAdded', { record: callRecord('new', video), unseenMissedCount: 0 });
  await expect.element(screen.getByText('Outgoing call')).toBeInViewport();
  await expect.element(screen.getByText(/4:05/)).toBeVisible();
  await log.getByRole('button', { name: 'Call Bob' }).last().click();
  await expect.poll(() => host.askedFor('calls.place')).toMatchObject([{ to: 'sip:bob@example.org', video: true }]);
});

test('a call from before the messages that are loaded waits until they are', async () => {
  const start = Date.now() - 86_400_000;
  const { screen } = await view((host) => {
    host.messages = host.messages.map((each, index) => ({ ...each, atMs: start + index * 1_000 }));
    host.records = [callRecord('old', { outcome: 'missed', startedAtMs: start + 10_500 })];
  });
  await expect.element(screen.getByText('message 120', { exact: true })).toBeInViewport();
  expect(screen.getByText('Missed call').query()).toBeNull();
  const log = screen.getByRole('log', { name: 'Messages' }).element();
  await expect
    .poll(() => {
      log.scrollTop = 0;
      return screen.getByText('Missed call').query() !== null;
    })
    .toBe(true);
});

test('a failed message says why and can be tried again', async () => {
  const { host, talk, screen } = await view();
  host.addMessage(message(talk.id, 121, { direction: 'outgoing', text: 'lost', state: 'failed', failure: { code: 'request-timeout' } }));
  await expect.element(screen.getByText(/No answer came/)).toBeVisible();
  await screen.getByRole('button', { name: 'Retry' }).click();
  await expect.poll(() => host.askedFor('messaging.retry').length).toBe(1);
  await expect.element(screen.getByRole('img', { name: 'Waiting to be sent' })).toBeVisible();
});

test('each state of an outgoing message is told apart', async () => {
  const states = ['queued', 'sending', 'sent', 'stored'] as const;
  const { screen } = await view((host) => {
    states.forEach((state, index) => host.messages.push(message(host.conversations[0]!.id, 121 + index, { direction: 'outgoing', state })));
  });
  for (const words of ['Waiting to be sent', 'Sending', 'Sent', 'Kept by the server until they are back']) {
    await expect.element(screen.getByRole('img', { name: words, exact: true })).toBeInTheDocument();
  }
});

test('whom the server says wrote a message stands below it, where that is not believed', async () => {
  const { screen } = await view((host) => {
    host.messages = [message(talk.id, 1, { asserted: address('boss@example.org') }), message(talk.id, 2)];
  });
  await expect.element(screen.getByText('The server says that boss@example.org wrote this')).toBeVisible();
});

test('what is seen is marked read', async () => {
  const { host, talk } = await view((host) => {
    host.conversations[0] = { ...host.conversations[0]!, unreadCount: 2 };
  });
  window.dispatchEvent(new Event('focus'));
  await expect.poll(() => host.askedFor('messaging.markRead')).toContainEqual({ conversationId: talk.id });
});

const talk = conversation('bob@example.org');

test('a text without end is shown in part until it is asked for, and each text has its own direction', async () => {
  const long = 'x'.repeat(3_000);
  const arabic = 'مرحبا بالعالم';
  const { screen } = await view((host) => {
    host.messages = [message(talk.id, 1, { text: long }), message(talk.id, 2, { text: arabic })];
  });
  const bubble = (at: number): HTMLElement => document.querySelectorAll<HTMLElement>('[data-message-state] .bubble')[at]!;
  await expect.element(screen.getByRole('button', { name: 'Show all' })).toBeVisible();
  expect([getComputedStyle(bubble(0)).direction, getComputedStyle(bubble(1)).direction]).toEqual(['ltr', 'rtl']);
  const shortHeight = bubble(0).getBoundingClientRect().height;
  await screen.getByRole('button', { name: 'Show all' }).click();
  await expect.poll(() => bubble(0).textContent).toContain(long);
  expect(shortHeight).toBeLessThan(bubble(0).getBoundingClientRect().height / 2);
});

test('the time stands on the last bubble of a group, and is there for a screen reader on each', async () => {
  const { screen } = await view((host) => {
    host.messages = [message(talk.id, 1), message(talk.id, 2)];
  });
  await expect.element(screen.getByText('message 2')).toBeVisible();
  const times = [...document.querySelectorAll('[data-message-state] time')];
  expect(times.map((time) => time.classList.contains('visually-hidden'))).toEqual([true, false]);
});

test('a right click on a message copies it or leaves the answer for later; on selected text the browser’s own menu opens', async () => {
  const { host, stores, screen } = await view((host) => {
    host.messages = [message(talk.id, 1, { text: 'write to me tomorrow' })];
  });
  const text = screen.getByText('write to me tomorrow');
  await text.click({ button: 'right' });
  await expect.element(screen.getByRole('menuitem', { name: 'Copy text' })).toBeVisible();
  stores.navigation.conversationId = talk.id;
  await screen.getByRole('menuitem', { name: 'Mark as unread' }).click();
  await expect.poll(() => host.askedFor('messaging.markUnread')).toEqual([{ conversationId: talk.id }]);
  expect(stores.navigation.conversationId).toBeNull();

  document.getSelection()?.selectAllChildren(text.element());
  const event = new MouseEvent('contextmenu', { bubbles: true, cancelable: true });
  text.element().dispatchEvent(event);
  expect(event.defaultPrevented).toBe(false);
});
