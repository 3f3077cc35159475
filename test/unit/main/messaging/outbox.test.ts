/**
 *   Outbox                   user agent
 *     │ first of A, first of B   │
 *     ├─────────────────────────►│
 *     │◄──────── sent ───────────┤
 *     ├── second of A ──────────►│
 */
import { describe, expect, it } from 'vitest';
import type { AddressOfRecord } from '../../../../common/model/address-of-record.ts';
import type { AccountId, ConversationId, MessageId } from '../../../../common/model/ids.ts';
import { createOutbox } from '../../../../main/messaging/outbox.ts';
import type { OutboxEntry } from '../../../../main/ports/history-store.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { createFakeUserAgent } from '../../../support/fake-user-agent.ts';

const entry = (conversation: string, text: string): OutboxEntry => ({
  message: {
    id: `${conversation}-${text}` as MessageId,
    conversationId: conversation as ConversationId,
    direction: 'outgoing',
    text,
    asserted: null,
    atMs: 1,
    sequence: 1,
    state: 'queued',
    failure: null,
  },
  accountId: 'account' as AccountId,
  peer: `sip:${conversation}@example.org` as AddressOfRecord,
  wireKey: `call-id-${text}`,
});

function setUp(waiting: readonly OutboxEntry[] = []) {
  const clock = createFakeClock();
  const userAgent = createFakeUserAgent();
  const states: string[] = [];
  const online = { is: true };
  const disk = { isFull: false, asked: 0 };
  const outbox = createOutbox(waiting, clock, {
    usableUserAgent: () => (online.is ? userAgent : null),
    stateChanged: (id, state, failure) => {
      disk.asked += 1;
      if (disk.isFull) return false;
      states.push(`${id} ${state}${failure ? ` ${failure.code}` : ''}`);
      return true;
    },
  });
  return { clock, userAgent, states, online, outbox, disk };
}

const texts = (userAgent: ReturnType<typeof createFakeUserAgent>) => userAgent.sent.map(({ message }) => message.body);

describe('the outbox', () => {
  it('sends one message of a conversation at a time and conversations beside each other', async () => {
    const { outbox, userAgent } = setUp();
    for (const each of [entry('a', '1'), entry('a', '2'), entry('b', '3')]) outbox.add(each);
    expect(texts(userAgent)).toEqual(['1', '3']);
    await userAgent.sent[0]!.settle({ kind: 'sent' });
    expect(texts(userAgent)).toEqual(['1', '3', '2']);
  });

  it('keeps messages while there is no registration and sends them in order after it', async () => {
    const { outbox, userAgent, online, states } = setUp();
    online.is = false;
    outbox.add(entry('a', '1'));
    outbox.add(entry('a', '2'));
    expect(states).toEqual([]);
    online.is = true;
    outbox.pump();
    await userAgent.sent[0]!.settle({ kind: 'sent' });
    await userAgent.sent[1]!.settle({ kind: 'stored' });
    expect(states).toEqual(['a-1 sending', 'a-1 sent', 'a-2 sending', 'a-2 stored']);
  });

  it('sends what an earlier run left under way again, under its old Call-ID', () => {
    const { userAgent, outbox } = setUp([entry('a', '1')]);
    outbox.pump();
    expect(userAgent.sent[0]!.message.callId).toBe('call-id-1');
  });

  it('queues a message again whose connection was lost, and sends it once after the next registration', async () => {
    const { outbox, userAgent, online, states } = setUp();
    outbox.add(entry('a', '1'));
    online.is = false;
    await userAgent.sent[0]!.settle({ kind: 'interrupted', failure: { code: 'connection-lost' } });
    expect(states.at(-1)).toBe('a-1 queued');
    online.is = true;
    outbox.pump();
    outbox.pump();
    expect(texts(userAgent)).toEqual(['1', '1']);
  });

  it('goes on with the next message after a refusal', async () => {
    const { outbox, userAgent, states } = setUp();
    outbox.add(entry('a', '1'));
    outbox.add(entry('a', '2'));
    await userAgent.sent[0]!.settle({ kind: 'refused', failure: { code: 'unknown-address', status: 404 } });
    expect(states).toEqual(['a-1 sending', 'a-1 failed unknown-address', 'a-2 sending']);
  });

  it('gives up on a message that is never answered although we are registered', async () => {
    const { outbox, userAgent, clock, states } = setUp();
    outbox.add(entry('a', '1'));
    for (let tries = 0; tries < 3; tries += 1) {
      await userAgent.sent[tries]!.settle({ kind: 'interrupted', failure: { code: 'request-timeout' } });
      clock.advance(5_000);
    }
    expect(states.at(-1)).toBe('a-1 failed request-timeout');
    expect(userAgent.sent).toHaveLength(3);
  });

  it('sends nothing of a conversation that was removed meanwhile', async () => {
    const { outbox, userAgent } = setUp();
    outbox.add(entry('a', '1'));
    outbox.add(entry('a', '2'));
    outbox.forget('a' as ConversationId);
    await userAgent.sent[0]!.settle({ kind: 'sent' });
    expect(userAgent.sent).toHaveLength(1);
  });

  it('sends nothing while the disk cannot keep that it leaves, and sends it once when it can', () => {
    const { outbox, userAgent, clock, disk } = setUp();
    disk.isFull = true;
    outbox.add(entry('a', '1'));
    clock.advance(60_000);
    expect(userAgent.sent).toEqual([]);
    disk.isFull = false;
    clock.advance(60_000);
    expect(texts(userAgent)).toEqual(['1']);
  });

  it('asks a full disk once in a while, however often it is pumped meanwhile', () => {
    const { outbox, clock, disk } = setUp();
    disk.isFull = true;
    for (const id of ['1', '2', '3']) outbox.add(entry('a', id));
    outbox.pump();
    expect(disk.asked).toBe(1);
    clock.advance(5_000);
    expect(disk.asked).toBe(2);
  });

  it('keeps on the disk that a text was sent as soon as the disk takes it, and never sends it twice', async () => {
    const { outbox, userAgent, clock, disk, states } = setUp();
    outbox.add(entry('a', '1'));
    disk.isFull = true;
    await userAgent.sent[0]!.settle({ kind: 'sent' });
    outbox.pump();
    clock.advance(60_000);
    expect(states).toEqual(['a-1 sending']);
    disk.isFull = false;
    clock.advance(5_000);
    outbox.pump();
    expect(states).toEqual(['a-1 sending', 'a-1 sent']);
    expect(texts(userAgent)).toEqual(['1']);
  });
});
