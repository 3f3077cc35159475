import { describe, expect, it } from 'vitest';
import type { AddressOfRecord } from '../../../../common/model/address-of-record.ts';
import type { Call, CallRecord } from '../../../../common/model/call.ts';
import type { AccountId } from '../../../../common/model/ids.ts';
import { createCalls } from '../../../../main/calls/calls.ts';
import type { SessionEvents } from '../../../../main/ports/sip-stack.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { createFakeRandom } from '../../../support/fake-random.ts';
import { createFakeUserAgent, fakeSession } from '../../../support/fake-user-agent.ts';
import { createKeptLogger } from '../../../support/kept-logger.ts';

const account = 'account' as AccountId;
const bob = 'sip:bob@example.org' as AddressOfRecord;

function setUp(options: { refuses?: boolean; online?: boolean } = {}) {
  const clock = createFakeClock();
  const userAgent = createFakeUserAgent();
  const records: CallRecord[] = [];
  const states: Call[] = [];
  const windows: string[] = [];
  const active: number[] = [];
  const calls = createCalls(
    {
      store: {
        add: (record) => records.push(record),
        page: () => ({ records: [], hasMore: false }),
        unseenMissedCount: () => 0,
        markSeen: () => undefined,
        remove: () => undefined,
      },
      clock,
      random: createFakeRandom(),
      logger: createKeptLogger(),
    },
    {
      usableUserAgent: () => (options.online === false ? null : userAgent),
      refusesCalls: () => options.refuses ?? false,
      changed: (call) => states.push(call),
      dtmfReceived: () => undefined,
      recorded: () => undefined,
      windowWanted: (callId) => windows.push(callId),
      activeCountChanged: (count) => active.push(count),
    },
  );
  function ring(video = false) {
    const asked: string[] = [];
    const far: { events: SessionEvents | null } = { events: null };
    const verdict = calls.receive(account, {
      from: bob,
      displayName: 'Bob',
      offersVideo: video,
      ring: (_callId, events) => {
        far.events = events;
        return fakeSession(asked);
      },
    });
    return { verdict, asked, events: far.events, call: states.at(-1) };
  }
  function place() {
    const placed = calls.place(account, bob, false);
    if (!placed.ok) throw new Error(placed.failure.code);
    return { callId: placed.value.callId, ...userAgent.sessions.at(-1)! };
  }
  return { clock, calls, records, states, windows, active, ring, place };
}

describe('an outgoing call', () => {
  it('goes from preparing over calling and ringing to active, and is recorded with its talk time', () => {
    const { clock, records, states, place, windows, active } = setUp();
    const { events, callId } = place();
    expect(windows).toEqual([callId]);
    events.calling();
    events.ringing(false);
    events.answered(false);
    clock.advance(65_000);
    events.ended(null, false);
    expect(states.map((call) => call.state)).toEqual(['preparing', 'calling', 'ringing', 'active', 'ended']);
    expect(records).toMatchObject([{ outcome: 'answered', durationMs: 65_000, direction: 'outgoing', unseen: false }]);
    expect(active).toEqual([1, 0]);
  });

  it.each([
    ['busy', { code: 'busy', status: 486 } as const, false, 'busy'],
    ['declined', { code: 'declined', status: 603 } as const, false, 'declined'],
    ['cancelled by us', null, true, 'cancelled'],
    ['not found', { code: 'unknown-address', status: 404 } as const, false, 'failed'],
    ['without a microphone', { code: 'microphone-denied' } as const, true, 'failed'],
  ])('that is %s is recorded so', (_what, failure, byUs, outcome) => {
    const { records, place } = setUp();
    place().events.ended(failure, byUs);
    expect(records).toMatchObject([{ outcome, durationMs: 0 }]);
  });

  it('cannot be placed without a registration', () => {
    expect(setUp({ online: false }).calls.place(account, bob, false)).toEqual({ ok: false, failure: { code: 'offline' } });
  });

  it('is recorded once, whatever comes after its end', () => {
    const { records, place, states } = setUp();
    const { events } = place();
    events.ended(null, true);
    events.ended(null, false);
    events.answered(false);
    expect(records).toHaveLength(1);
    expect(states.at(-1)?.state).toBe('ended');
  });
});

describe('an incoming call', () => {
  it('is accepted once a window is asked for, without video where none is offered', () => {
    const { ring, calls, windows } = setUp();
    const { verdict, call, asked } = ring();
    expect(verdict).toBe('ringing');
    expect(calls.accept(call!.id, true).ok).toBe(true);
    expect(asked).toEqual(['accept false']);
    expect(windows).toEqual([call!.id]);
  });

  it.each([
    ['ended by the caller', { code: 'cancelled', status: 487 } as const, 'missed', true],
    ['taken on another device', { code: 'answered-elsewhere' } as const, 'answered-elsewhere', false],
  ])('that is %s before it is accepted is recorded so', (_what, failure, outcome, unseen) => {
    const { ring, records } = setUp();
    ring().events!.ended(failure, false);
    expect(records).toMatchObject([{ outcome, unseen }]);
  });

  it('that is declined is no missed call', () => {
    const { ring, calls, records } = setUp();
    const { call, events, asked } = ring();
    calls.reject(call!.id, false);
    events!.ended({ code: 'declined', status: 603 }, true);
    expect(asked).toEqual(['reject 603']);
    expect(records).toMatchObject([{ outcome: 'declined', failure: null }]);
  });

  it('is answered 486 under do-not-disturb and shown as missed', () => {
    const { ring, records } = setUp({ refuses: true });
    expect(ring().verdict).toBe('busy');
    expect(records).toMatchObject([{ outcome: 'missed', unseen: true }]);
  });

  it('is answered 486 when eight run already', () => {
    const { ring } = setUp();
    expect(Array.from({ length: 9 }, () => ring().verdict)).toEqual([...Array.from({ length: 8 }, () => 'ringing'), 'busy']);
  });
});

describe('an active call', () => {
  it('is held and resumed, each asked once while it is under way', () => {
    const { place, calls, states } = setUp();
    const { callId, events, asked } = place();
    expect(calls.hold(callId)).toMatchObject({ ok: false, failure: { code: 'conflict' } });
    events.calling();
    events.answered(false);
    calls.hold(callId);
    expect(states.at(-1)?.renegotiating).toBe(true);
    events.holdChanged(true, false);
    calls.hold(callId);
    calls.resume(callId);
    expect(asked).toEqual(['hold', 'resume']);
  });

  it('goes on where a hold is refused', () => {
    const { place, calls, states } = setUp();
    const { callId, events } = place();
    events.answered(false);
    calls.hold(callId);
    events.renegotiationFailed({ code: 'not-acceptable', status: 488 });
    expect(states.at(-1)).toMatchObject({ state: 'active', heldByUs: false, renegotiating: false });
  });

  it('is unknown to commands once it is over', () => {
    const { place, calls } = setUp();
    const { callId, events } = place();
    events.ended(null, true);
    expect(calls.end(callId)).toMatchObject({ ok: false, failure: { code: 'not-found' } });
  });
});
