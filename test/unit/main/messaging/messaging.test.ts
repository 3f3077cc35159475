/**
 *   far side                Messaging               history
 *     │ MESSAGE                │                       │
 *     ├───────────────────────►│── committed? ────────►│
 *     │◄── 200 / 500 / 415 ────┤◄──────────────────────┤
 */
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AddressOfRecord } from '../../../../common/model/address-of-record.ts';
import type { AccountId } from '../../../../common/model/ids.ts';
import { openHistoryStore } from '../../../../main/history/open-history-store.ts';
import { createMessaging } from '../../../../main/messaging/messaging.ts';
import type { IncomingMessage } from '../../../../main/ports/sip-stack.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { createFakeRandom } from '../../../support/fake-random.ts';
import { createFakeUserAgent } from '../../../support/fake-user-agent.ts';
import { createKeptLogger } from '../../../support/kept-logger.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { testAccountSettings } from '../../../support/test-account.ts';

const account = 'account' as AccountId;
const bob = 'sip:bob@example.org' as AddressOfRecord;

function setUp() {
  const clock = createFakeClock();
  const store = openHistoryStore(join(temporaryFolder(), 'history.sqlite'), clock);
  let isOpen = true;
  const close = (): void => {
    if (isOpen) store.close();
    isOpen = false;
  };
  onTestFinished(close);
  store.accounts.save({
    id: account,
    settings: testAccountSettings('sip:me@example.org'),
    hasPassword: true,
    colour: 0,
    isPractice: false,
    instanceId: 'i',
    unusableSettings: [],
  });
  const told: string[] = [];
  const people = new Set<AddressOfRecord>();
  const userAgent = createFakeUserAgent();
  const messaging = createMessaging(
    { store: store.messages, clock, random: createFakeRandom(), logger: createKeptLogger() },
    {
      usableUserAgent: () => userAgent,
      isAccount: () => true,
      isPerson: (address) => people.has(address),
      messageAdded: ({ text }, { unreadCount }) => told.push(`${text} (${unreadCount} unread)`),
      messageChanged: () => undefined,
      conversationChanged: () => undefined,
      conversationRemoved: () => undefined,
    },
  );
  const receive = (more: Partial<IncomingMessage> = {}) =>
    messaging.receive(account, {
      from: bob,
      displayName: 'Bob',
      asserted: null,
      callId: 'c1',
      cseq: 1,
      contentType: 'text/plain',
      body: 'hello',
      ...more,
    });
  return { messaging, receive, told, close, userAgent, clock, people };
}

describe('an incoming MESSAGE', () => {
  it('is committed and told, and a repetition is answered without being told again', () => {
    const { receive, told } = setUp();
    expect([receive(), receive(), receive({ cseq: 2, body: 'again' })]).toEqual(['stored', 'duplicate', 'stored']);
    expect(told).toEqual(['hello (1 unread)', 'again (2 unread)']);
  });

  it('of another Ahoy is the same one over every try, whatever its CSeq', () => {
    const { receive, told } = setUp();
    const callId = 'ahoy-message-1';
    expect([receive({ callId, cseq: 7 }), receive({ callId, cseq: 9 })]).toEqual(['stored', 'duplicate']);
    expect(told).toHaveLength(1);
  });

  it('that cannot be stored is refused and not told: 500, never 200', () => {
    const { receive, told, close } = setUp();
    close();
    expect(receive()).toBe('storage-failed');
    expect(told).toEqual([]);
  });

  it('that is no text is refused as unsupported', () => {
    expect(setUp().receive({ contentType: 'application/octet-stream' })).toBe('unsupported');
  });

  it('without a text is taken and not shown', () => {
    const { receive, told } = setUp();
    expect(receive({ body: '' })).toBe('empty');
    expect(told).toEqual([]);
  });
});

describe('a stranger', () => {
  it('who writes and writes is refused for now at a thousand unread texts, and known texts are still known', () => {
    const { receive, messaging } = setUp();
    for (let count = 0; count < 1_000; count += 1) expect(receive({ callId: `c${count}` })).toBe('stored');
    expect(receive({ callId: 'one-more' })).toBe('too-many');
    expect(receive({ callId: 'c999' })).toBe('duplicate');
    messaging.markRead(messaging.conversations()[0]!.id);
    expect(receive({ callId: 'one-more' })).toBe('stored');
  });

  it('is none any more once the user kept, opened or answered them', () => {
    const { receive, messaging, people } = setUp();
    const write = (from: string): unknown[] =>
      Array.from({ length: 1_001 }, (_, count) => receive({ from: from as AddressOfRecord, callId: `${from} ${count}` })).slice(-1);
    messaging.open(account, 'sip:opened@example.org' as AddressOfRecord);
    people.add('sip:kept@example.org' as AddressOfRecord);
    expect(write('sip:opened@example.org')).toEqual(['stored']);
    expect(write('sip:kept@example.org')).toEqual(['stored']);
    receive();
    messaging.send(messaging.conversationWith(account, bob)!.id, 'yes?');
    expect(messaging.conversationWith(account, bob)?.answered).toBe(true);
    expect(write(bob)).toEqual(['stored']);
  });

  it.each([
    ['at once', 2_000, 0, 60],
    ['within an hour', 2_000, 3_600_000, 60 + 359],
    ['for days, and nobody reads them', 20_000, 7 * 86_400_000, 500],
  ])('one after another, %s, cannot begin more conversations than anybody looks at', (_when, senders, withinMs, most) => {
    const { receive, messaging, clock } = setUp();
    let refused = 0;
    for (let count = 0; count < senders; count += 1) {
      clock.advance(withinMs / senders);
      if (receive({ from: `sip:s${count}@example.com` as AddressOfRecord }) === 'too-many') refused += 1;
    }
    expect(messaging.conversations().length).toBeLessThanOrEqual(most + 1);
    expect(messaging.conversations().length).toBeGreaterThanOrEqual(most - 1);
    expect(refused).toBe(senders - messaging.conversations().length);
  });
});

describe('an outgoing text', () => {
  it('that cannot be stored is refused with a failure and not sent', () => {
    const { messaging, close, userAgent } = setUp();
    const opened = messaging.open(account, bob);
    if (!opened.ok) throw new Error(opened.failure.code);
    close();
    expect(messaging.send(opened.value.conversation.id, 'lost?')).toMatchObject({ ok: false, failure: { code: 'storage-failed' } });
    expect(userAgent.sent).toEqual([]);
  });
});
