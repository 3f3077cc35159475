import { expect, onTestFinished, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../renderer/ui/base.css';
import '../../renderer/ui/tokens.css';
import type { FrontView } from '../../common/model/host.ts';
import type { Account } from '../../common/model/account.ts';
import type { AccountId, ConversationId } from '../../common/model/ids.ts';
import type { Wish } from '../../common/model/wish.ts';
import { keepPlace } from '../../renderer/state/kept-place.svelte.ts';
import type { Section } from '../../renderer/state/navigation.svelte.ts';
import MainWindow from '../../renderer/windows/MainWindow.svelte';
import { FakeHost } from '../support/fake-host.ts';
import { account, address, call, callRecord, conversation, person, presentity } from '../support/samples.ts';
import { storesOf } from './setup.ts';

async function mainWindow(prepare: (host: FakeHost) => void) {
  await page.viewport(1100, 720);
  const host = new FakeHost();
  prepare(host);
  const stores = await storesOf(host);
  const screen = await render(MainWindow, { stores });
  return { host, stores, screen };
}

function withAccount(host: FakeHost): void {
  host.accounts = [account()];
  host.people = [person('Bob', 'bob@example.org'), person('Echo', 'echo@example.org')];
  host.presentities = [presentity('bob@example.org', 'do-not-disturb')];
  host.conversations = [
    conversation('bob@example.org', { unreadCount: 2, lastMessage: { text: 'hello', direction: 'outgoing', state: 'sent', atMs: 1_000 } }),
  ];
}

test('without an account the first thing is the sign-in sheet', async () => {
  const { screen } = await mainWindow(() => undefined);
  await expect.element(screen.getByRole('dialog', { name: 'Sign in to Ahoy' })).toBeVisible();
});

test('the list shows who, the last words and what is unread; the title counts', async () => {
  const { screen } = await mainWindow(withAccount);
  const row = screen.getByRole('button', { name: /Bob.*You: hello.*2 unread messages/ });
  await expect.element(row).toBeVisible();
  expect(row.element().querySelector('[data-status]')?.getAttribute('data-status')).toBe('do-not-disturb');
  await expect.poll(() => document.title).toBe('(2) Ahoy');
});

test('the search field finds people, and offers a typed address', async () => {
  const { host, screen } = await mainWindow(withAccount);
  await screen.getByRole('searchbox', { name: 'Search' }).fill('echo');
  await expect.element(screen.getByRole('button', { name: /^Echo/ })).toBeVisible();
  await screen.getByRole('searchbox', { name: 'Search' }).fill('new@example.org');
  await expect.element(screen.getByRole('button', { name: 'Call new@example.org' })).toBeVisible();
  await screen.getByRole('button', { name: 'Chat with new@example.org' }).click();
  await expect.poll(() => host.askedFor('messaging.open')).toMatchObject([{ peer: 'sip:new@example.org' }]);
  await expect.element(screen.getByRole('textbox', { name: 'Message' })).toBeVisible();
});

test('Ctrl+K finds and starts a chat with the keys alone', async () => {
  const { stores, screen } = await mainWindow(withAccount);
  await userEvent.keyboard('{Control>}k{/Control}');
  const field = screen.getByRole('combobox', { name: 'Find or dial' });
  await expect.element(field).toHaveFocus();
  await userEvent.keyboard('bob');
  await expect.element(screen.getByRole('option', { name: /Chat with Bob/ })).toHaveAttribute('data-selected');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => stores.navigation.conversationId).toBe('conversation-bob@example.org');
});

test('Alt with an arrow goes from chat to chat, around the ends; Ctrl+, opens the settings', async () => {
  const { stores, screen } = await mainWindow((host) => {
    withAccount(host);
    host.conversations = ['ann', 'bob', 'eve'].map((name, index) =>
      conversation(`${name}@example.org`, { lastMessage: { text: name, direction: 'incoming', state: 'received', atMs: 9_000 - index } }),
    );
  });
  await expect.element(screen.getByRole('button', { name: /eve/ })).toBeVisible();
  const shown = (): string | undefined => stores.navigation.conversationId?.replace('conversation-', '');
  const order = stores.messaging.conversations.map(({ peer }) => peer.replace('sip:', ''));
  for (const expected of [...order, order[0]]) {
    await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
    await expect.poll(shown).toBe(expected);
  }
  await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}');
  await expect.poll(shown).toBe(order.at(-1));
  await userEvent.keyboard('{Control>},{/Control}');
  await expect.element(screen.getByRole('dialog', { name: 'Settings' })).toBeVisible();
});

test('Alt+A accepts the call that rings, Alt+X declines it, Ctrl+/ shows the keys', async () => {
  const { host, screen } = await mainWindow((host) => {
    withAccount(host);
    host.host = { ...host.host, capabilities: { ...host.host.capabilities, windows: true } };
    host.calls = [call('c1', { direction: 'incoming', state: 'ringing' })];
  });
  await expect.element(screen.getByRole('article', { name: /Bob/ })).toBeVisible();
  await userEvent.keyboard('{Alt>}a{/Alt}');
  await expect.poll(() => host.askedFor('calls.accept')).toMatchObject([{ callId: call('c1').id, video: false }]);
  await userEvent.keyboard('{Alt>}x{/Alt}');
  await expect.poll(() => host.askedFor('calls.reject').length).toBe(1);
  await userEvent.keyboard('{Control>}/{/Control}');
  await expect.element(screen.getByText('Accept the call that rings')).toBeVisible();
  await expect.element(screen.getByText('Alt+X', { exact: true })).toBeVisible();
});

test('a right click on a chat mutes it, keeps it for later or removes it, with a question', async () => {
  const { host, screen } = await mainWindow((host) => {
    withAccount(host);
    host.conversations = [
      conversation('bob@example.org', { lastMessage: { text: 'hi', direction: 'incoming', state: 'received', atMs: 1 } }),
    ];
  });
  const row = screen.getByRole('button', { name: /hi/ });
  await row.click({ button: 'right' });
  await screen.getByRole('menuitem', { name: 'Mark as unread' }).click();
  await expect.element(screen.getByRole('button', { name: /hi.*1 unread/ })).toBeVisible();
  await row.click({ button: 'right' });
  await expect.element(screen.getByRole('menuitem', { name: 'Mute' })).toBeVisible();
  await screen.getByRole('menuitem', { name: 'Delete chat' }).click();
  await screen.getByRole('dialog').getByRole('button', { name: 'Delete chat' }).click();
  await expect.poll(() => host.askedFor('messaging.remove').length).toBe(1);
  await expect.element(row).not.toBeInTheDocument();
});

test('accounts in the same trouble are one banner; which account a chat uses, and how each stands, can be seen', async () => {
  const other = (change: Partial<Account>) => {
    const first = account();
    const settings = { ...first.settings, addressOfRecord: address('alice@other.example') };
    return { ...first, id: 'account-other' as AccountId, colour: 3, settings, ...change };
  };
  const lost = {
    state: 'unreachable',
    sinceMs: 1,
    failure: { code: 'connection-refused' },
    nextAttemptAtMs: null,
    expiresAtMs: null,
  } as const;
  const { host, screen } = await mainWindow((host) => {
    host.accounts = [account({ registration: lost }), other({ registration: lost })];
    host.conversations = [
      conversation('bob@example.org', { lastMessage: { text: 'hi', direction: 'incoming', state: 'received', atMs: 1 } }),
    ];
  });
  await expect.element(screen.getByText('alice@example.org and alice@other.example are not connected.')).toBeVisible();
  await screen.getByRole('button', { name: 'Try now' }).click();
  await expect.poll(() => host.askedFor('accounts.register').length).toBe(2);

  await screen.getByRole('button', { name: /hi/ }).click();
  await expect.element(screen.getByText('As alice@example.org')).toBeVisible();
  await screen.getByRole('button', { name: /Your status/ }).click();
  const accounts = screen.getByRole('list', { name: 'Your accounts' });
  await expect.element(accounts.getByText('alice@other.example')).toBeVisible();
  expect(accounts.getByText('Server not reached').all().length).toBe(2);
});

test('the list is made wider and narrower by keys and by dragging, within bounds, and stays so', async () => {
  window.localStorage.removeItem('ahoy.list-width');
  onTestFinished(() => window.localStorage.removeItem('ahoy.list-width'));
  const { stores, screen } = await mainWindow(withAccount);
  const line = screen.getByRole('separator', { name: 'Width of the list' });
  await expect.element(line).toHaveAttribute('aria-valuenow', '320');
  (line.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowLeft}');
  await expect.element(line).toHaveAttribute('aria-valuenow', '336');
  const listed = (): number => screen.getByRole('list', { name: 'Chats' }).element().getBoundingClientRect().width;
  expect(Math.abs(listed() - 335)).toBeLessThan(2);

  const at = line.element().getBoundingClientRect().left;
  const pointer = (type: string, clientX: number): boolean =>
    line.element().dispatchEvent(new PointerEvent(type, { clientX, pointerId: 1, bubbles: true, cancelable: true }));
  // A synthetic pointer cannot be captured.
  Object.assign(line.element(), { setPointerCapture: () => undefined, hasPointerCapture: () => true });
  pointer('pointerdown', at);
  pointer('pointermove', at + 2_000);
  await expect.element(line).toHaveAttribute('aria-valuenow', '520');
  stores.navigation.section = 'people';
  await expect.element(screen.getByRole('separator', { name: 'Width of the list' })).toHaveAttribute('aria-valuenow', '520');
  await screen.getByRole('separator', { name: 'Width of the list' }).dblClick();
  await expect.element(screen.getByRole('separator', { name: 'Width of the list' })).toHaveAttribute('aria-valuenow', '320');
});

test('a reload of the page comes back to the section and the chat; a kept place that is nonsense is none', async () => {
  const { stores } = await mainWindow(withAccount);
  onTestFinished(() => window.sessionStorage.clear());
  onTestFinished(keepPlace(stores.navigation, window.sessionStorage));
  await stores.navigation.chat(address('bob@example.org'));
  stores.navigation.section = 'people';
  await expect.poll(() => window.sessionStorage.getItem('ahoy.place')).toContain('people');

  const reloaded = { section: 'chats' as Section, conversationId: null };
  onTestFinished(keepPlace(reloaded, window.sessionStorage));
  expect(reloaded).toEqual({ section: 'people', conversationId: 'conversation-bob@example.org' });

  for (const nonsense of ['{', '[]', '7', '{"section":"attic"}']) {
    window.sessionStorage.setItem('ahoy.place', nonsense);
    const fresh = { section: 'chats' as Section, conversationId: null };
    keepPlace(fresh, window.sessionStorage)();
    expect(fresh).toEqual({ section: 'chats', conversationId: null });
  }
});

test('a person is added with several addresses', async () => {
  const { host, screen } = await mainWindow(withAccount);
  await screen.getByRole('button', { name: 'People', exact: true }).click();
  await screen.getByRole('button', { name: 'Add person' }).click();
  await screen.getByRole('button', { name: 'Save' }).click();
  await expect.element(screen.getByText('Enter a name')).toBeVisible();
  await screen.getByLabelText('Name', { exact: true }).fill('Night Desk');
  await screen.getByLabelText('Address', { exact: true }).fill('night');
  await screen.getByRole('button', { name: 'Add address' }).click();
  await screen.getByLabelText('Address 2', { exact: true }).fill('+44 20 1234');
  await screen.getByLabelText('Label 2', { exact: true }).fill('Mobile');
  await screen.getByRole('button', { name: 'Save' }).click();
  await expect
    .poll(() => host.askedFor('people.add'))
    .toMatchObject([
      {
        details: {
          name: 'Night Desk',
          addresses: [
            { address: 'sip:night@example.org', label: '' },
            { address: 'sip:+44201234@example.org', label: 'Mobile' },
          ],
        },
      },
    ]);
  await expect.element(screen.getByRole('heading', { name: 'Night Desk' })).toBeVisible();
});

test('a missed call is told in words; a press shows its details and dials nobody, and its buttons call', async () => {
  const { host, screen } = await mainWindow((host) => {
    withAccount(host);
    host.host = { ...host.host, capabilities: { ...host.host.capabilities, windows: true } };
    host.records = [callRecord('r1', { outcome: 'missed', unseen: true, startedAtMs: Date.now() })];
    host.unseenMissedCount = 1;
  });
  await screen.getByRole('button', { name: 'Calls 1 missed call' }).click();
  await screen.getByRole('button', { name: /Bob Missed/ }).click();
  await expect.element(screen.getByText('bob@example.org', { exact: true })).toBeVisible();
  expect(host.askedFor('calls.place')).toEqual([]);
  await screen.getByRole('button', { name: 'Call back' }).click();
  await expect.poll(() => host.askedFor('calls.place')).toMatchObject([{ to: 'sip:bob@example.org', video: false }]);
  await screen.getByRole('button', { name: /Bob Missed/ }).hover();
  await screen.getByRole('button', { name: 'Call Bob' }).click();
  await expect.poll(() => host.askedFor('calls.place').length).toBe(2);
});

test('a flood of missed calls is one row with their number', async () => {
  const { screen } = await mainWindow((host) => {
    withAccount(host);
    host.records = [callRecord('r1', { outcome: 'missed', unseen: true, count: 496, severalCallers: true })];
  });
  await screen.getByRole('button', { name: 'Calls', exact: true }).click();
  await expect.element(screen.getByRole('button', { name: /Bob and others Missed \(496\)/ })).toBeVisible();
});

test('the strip mutes, holds, swaps and ends each call, and the card of another lies below it', async () => {
  const active = { state: 'active', answeredAtMs: 1_000, direction: 'outgoing' } as const;
  const { host, screen } = await mainWindow((host) => {
    withAccount(host);
    host.calls = [
      call('c1', { ...active, heldByUs: true }),
      call('c2', { ...active, peer: address('reception@example.org'), peerDisplayName: 'Reception' }),
      call('c3', { peer: address('carol@example.org'), peerDisplayName: 'Carol' }),
    ];
  });
  await screen.getByRole('button', { name: 'Mute the call with Reception' }).click();
  await screen.getByRole('button', { name: 'Hold the call with Reception' }).click();
  await screen.getByRole('button', { name: 'Talk to Bob and hold the other call' }).click();
  await expect.poll(() => host.askedFor('calls.resume')).toEqual([{ callId: 'c1' }]);
  expect(host.askedFor('calls.setMuted')).toEqual([{ callId: 'c2', muted: true }]);
  expect(host.askedFor('calls.hold')).toEqual([{ callId: 'c2' }]);
  const strip = screen.getByRole('region', { name: 'Running calls' }).element().getBoundingClientRect();
  const card = screen.getByRole('article', { name: 'Incoming call from Carol' });
  expect(card.element().getBoundingClientRect().top).toBeGreaterThanOrEqual(strip.bottom);
  await card.getByRole('button', { name: 'End and accept' }).click();
  await expect.poll(() => host.askedFor('calls.accept')).toEqual([{ callId: 'c3', video: false, endOthers: true }]);
  await screen.getByRole('button', { name: 'End the call with Bob' }).click();
  await expect.poll(() => host.askedFor('calls.end')).toEqual([{ callId: 'c1' }]);
});

test('a dialled number is completed with the account’s domain', async () => {
  const { host, screen } = await mainWindow((host) => {
    withAccount(host);
    host.host = { ...host.host, capabilities: { ...host.host.capabilities, windows: true } };
  });
  await screen.getByRole('button', { name: 'Calls', exact: true }).click();
  await screen.getByRole('button', { name: 'Key 4' }).click();
  await screen.getByRole('button', { name: 'Key 2' }).click();
  await screen.getByRole('button', { name: 'Call', exact: true }).click();
  await expect.poll(() => host.askedFor('calls.place')).toMatchObject([{ to: 'sip:42@example.org', video: false }]);
});

test('an account that is not registered and a lost host are told above everything', async () => {
  const { host, screen } = await mainWindow((host) => {
    withAccount(host);
    host.accounts = [
      account({
        registration: {
          state: 'unreachable',
          sinceMs: 1,
          failure: { code: 'connection-timeout' },
          nextAttemptAtMs: Date.now() + 60_000,
          expiresAtMs: null,
        },
      }),
    ];
  });
  await expect.element(screen.getByText('alice@example.org is not connected.')).toBeVisible();
  await screen.getByRole('button', { name: 'Try now' }).click();
  await expect.poll(() => host.askedFor('accounts.register').length).toBe(1);
  host.reachable = false;
  host.dropConnections();
  await expect.element(screen.getByText(/own service is not answering/)).toBeVisible();
});

test('own status and note are published together', async () => {
  const { host, screen } = await mainWindow(withAccount);
  await screen.getByRole('button', { name: 'Your status: Available' }).click();
  await screen.getByText('Do not disturb', { exact: true }).click();
  await expect.poll(() => host.askedFor('presence.publish')).toEqual([{ status: 'do-not-disturb', note: '' }]);
  await screen.getByLabelText('Note').fill('Writing');
  await screen.getByRole('button', { name: 'Set note' }).click();
  await expect.poll(() => host.askedFor('presence.publish').at(-1)).toEqual({ status: 'do-not-disturb', note: 'Writing' });
});

test('a notice of the host stays until dismissed', async () => {
  const { screen } = await mainWindow((host) => {
    withAccount(host);
    host.host = { ...host.host, notices: [{ kind: 'database-moved-aside', id: 'n1', path: '/tmp/old.sqlite', atMs: 1 }] };
  });
  await expect.element(screen.getByText(/\/tmp\/old\.sqlite/)).toBeVisible();
  await screen.getByRole('button', { name: 'Dismiss' }).click();
  await expect.element(screen.getByText(/\/tmp\/old\.sqlite/)).not.toBeInTheDocument();
});

test('a notice says what could not be read', async () => {
  const { screen } = await mainWindow((host) => {
    withAccount(host);
    host.host = { ...host.host, notices: [{ kind: 'rows-left-out', id: 'n2', counts: { account: 1, message: 12 }, atMs: 1 }] };
  });
  await expect.element(screen.getByText(/left out: 1 account and 12 messages\./)).toBeVisible();
});

test('when the last account goes, the sign-in sheet takes the place of the settings', async () => {
  const { host, screen } = await mainWindow(withAccount);
  await screen.getByRole('button', { name: 'Settings' }).click();
  await screen.getByRole('button', { name: 'Remove alice@example.org' }).click();
  await screen.getByRole('button', { name: 'Remove account' }).click();
  await expect.poll(() => host.askedFor('accounts.remove').length).toBe(1);
  await expect.element(screen.getByRole('dialog', { name: 'Sign in to Ahoy' })).toBeVisible();
  await expect.element(screen.getByRole('dialog', { name: 'Settings' })).not.toBeInTheDocument();
});

test('what others see is told where it is not what was chosen', async () => {
  const { host, screen } = await mainWindow((host) => {
    withAccount(host);
    host.own = { ...host.own, shown: 'away' };
  });
  await screen.getByRole('button', { name: 'Your status: Available' }).click();
  await expect.element(screen.getByText('Others see: Away')).toBeVisible();
  host.own = { ...host.own, shown: 'available' };
  host.publish('presence.ownChanged', { own: host.own });
  await expect.element(screen.getByText(/Others see/)).not.toBeInTheDocument();
});

test('a conversation is muted and unmuted; a refusal is told', async () => {
  const { host, screen } = await mainWindow(withAccount);
  const row = screen.getByRole('button', { name: /Bob.*You: hello/ });
  const choose = async (words: string) => {
    await screen.getByRole('button', { name: 'More' }).click();
    await screen.getByRole('menuitem', { name: words, exact: true }).click();
  };
  await row.click();
  await choose('Mute');
  await expect.element(row.getByLabelText('Muted')).toBeVisible();
  await choose('Unmute');
  await expect.element(row.getByLabelText('Muted')).not.toBeInTheDocument();
  const conversationId = host.conversations[0]!.id;
  expect(host.askedFor('messaging.setMuted')).toEqual([
    { conversationId, muted: true },
    { conversationId, muted: false },
  ]);
  host.failing.set('messaging.setMuted', { code: 'storage-failed' });
  await choose('Mute');
  await expect.element(screen.getByRole('alert')).toMatchTextContent(/could not be stored/);
});

const bob = 'conversation-bob@example.org' as ConversationId;

test('the host hears whether somebody looks, and at which conversation; and again after a lost connection', async () => {
  const focus = vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  onTestFinished(() => focus.mockRestore());
  const { host, stores, screen } = await mainWindow(withAccount);
  const last = () => host.askedFor('desktop.reportAttention').at(-1);
  await expect.poll(last).toEqual({ present: true, conversationId: null });
  await screen.getByRole('button', { name: /Bob.*You: hello/ }).click();
  await expect.poll(last).toEqual({ present: true, conversationId: bob });
  focus.mockReturnValue(false);
  window.dispatchEvent(new Event('blur'));
  await expect.poll(last).toEqual({ present: false, conversationId: bob });
  stores.navigation.section = 'people';
  await expect.poll(last).toEqual({ present: false, conversationId: null });
  const heard = host.askedFor('desktop.reportAttention').length;
  host.dropConnections();
  await expect.poll(() => host.askedFor('desktop.reportAttention').length).toBeGreaterThan(heard);
  expect(last()).toEqual({ present: false, conversationId: null });
});

test('what the host wants to be seen comes to the front, not behind the settings', async () => {
  const { host, stores, screen } = await mainWindow(withAccount);
  const front = (view: FrontView) => host.publish('host.frontRequested', { view });
  await screen.getByRole('button', { name: 'Settings' }).click();
  await expect.element(screen.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  front({ kind: 'conversation', conversationId: bob });
  await expect.element(screen.getByRole('heading', { name: 'Bob' })).toBeVisible();
  await expect.element(screen.getByRole('dialog', { name: 'Settings' })).not.toBeInTheDocument();
  front({ kind: 'calls' });
  await expect.element(screen.getByRole('heading', { name: 'Calls', level: 1 })).toBeInTheDocument();
  front({ kind: 'own-presence' });
  await expect.element(screen.getByRole('dialog', { name: 'Your status' })).toBeVisible();
  front({ kind: 'nothing-to-call' });
  await expect.element(screen.getByText('This is no name, number or address that could be called.')).toBeVisible();
  await screen.getByRole('button', { name: 'Dismiss' }).click();
  await expect.poll(() => stores.navigation.nothingToCall).toBe(false);
  // The same once more is a wish of its own.
  front({ kind: 'nothing-to-call' });
  await expect.element(screen.getByText('This is no name, number or address that could be called.')).toBeVisible();
});

test('the newest wish is asked about first, then the one before; what is settled elsewhere goes', async () => {
  const { host, screen } = await mainWindow(withAccount);
  const wish = (id: string, target: string): Wish => ({ id, action: 'call', target, from: 'link', atMs: 1 });
  host.publish('desktop.wished', { wish: wish('w1', 'carol@example.org') });
  const asks = screen.getByRole('dialog', { name: 'Call?' });
  await expect.element(asks.getByText('carol@example.org')).toBeVisible();
  host.publish('desktop.wished', { wish: wish('w2', 'dave@example.org') });
  await expect.element(asks.getByText('dave@example.org')).toBeVisible();
  await expect.poll(() => asks.elements().length).toBe(1);
  await asks.getByRole('button', { name: 'Cancel' }).click();
  await expect.poll(() => host.askedFor('desktop.dismissWish')).toEqual([{ id: 'w2' }]);
  host.publish('desktop.wishDismissed', { id: 'w1' });
  await expect.element(asks).not.toBeInTheDocument();
  expect(host.askedFor('calls.place')).toEqual([]);
});
