import { describe, expect, it } from 'vitest';
import type { AddressOfRecord } from '../../../../common/model/address-of-record.ts';
import type { Call, CallRecord } from '../../../../common/model/call.ts';
import type { AccountId } from '../../../../common/model/ids.ts';
import { createCallHistory } from '../../../../main/call-history/call-history.ts';
import { createCalls } from '../../../../main/calls/calls.ts';
import type { SessionEvents } from '../../../../main/ports/sip-stack.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { createFakeRandom } from '../../../support/fake-random.ts';
import { createFakeUserAgent, fakeSession } from '../../../support/fake-user-agent.ts';
import { createKeptLogger } from '../../../support/kept-logger.ts';

const account = 'account' as AccountId;
const bob = 'sip:bob@example.org' as AddressOfRecord;

function setUp(options: { refuses?: 'busy' | 'unavailable'; online?: boolean } = {}) {
  const people = new Set<AddressOfRecord>([bob]);
  const clock = createFakeClock();
  const userAgent = createFakeUserAgent();
  const records: CallRecord[] = [];
  const states: Call[] = [];
  const windows: string[] = [];
  const active: number[] = [];
  const random = createFakeRandom();
  const logger = createKeptLogger();
  const history = createCallHistory(
    {
      store: {
        put: (record) => {
          const at = records.findIndex(({ id }) => id === record.id);
          if (at === -1) records.push(record);
          else records[at] = record;
        },
        page: () => ({ records: [], hasMore: false }),
        unseenMissedCount: () => records.filter(({ unseen }) => unseen).length,
        markSeen: () => undefined,
        remove: () => undefined,
      },
      clock,
      random,
      logger,
    },
    { recorded: () => undefined, seen: () => undefined, removed: () => undefined },
  );
  const calls = createCalls(
    { clock, random, logger },
    {
      usableUserAgent: () => (options.online === false ? null : userAgent),
      refusal: () => options.refuses ?? null,
      isKnown: (_account, address) => people.has(address),
      changed: (call) => states.push(call),
      dtmfReceived: () => undefined,
      ended: (ended) => history.add(ended),
      windowWanted: (callId) => windows.push(callId),
      activeCountChanged: (count) => active.push(count),
    },
  );
  function ring(video = false, from = bob, isAnswerable = true) {
    const asked: string[] = [];
    const far: { events: SessionEvents | null } = { events: null };
    const verdict = calls.receive(account, {
      from,
      displayName: 'Bob',
      asserted: null,
      offersVideo: video,
      isAnswerable,
      ring: (_callId, events) => {
        far.events = events;
        return fakeSession(asked);
      },
    });
    return { verdict, asked, events: far.events, call: states.at(-1) };
  }
  function place(to = bob) {
    const placed = calls.place(account, to, false);
    if (!placed.ok) throw new Error(placed.failure.code);
    return { callId: placed.value.callId, ...userAgent.sessions.at(-1)! };
  }
  return { clock, calls, history, records, states, windows, active, ring, place };
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
    expect(calls.accept(call!.id, true, false).ok).toBe(true);
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

  it('whose offer cannot be answered never rings, and is shown as missed with the reason', () => {
    const { ring, records, states } = setUp();
    expect(ring(false, bob, false).verdict).toBe('not-acceptable');
    expect(states).toEqual([]);
    expect(records).toMatchObject([{ outcome: 'missed', failure: { code: 'not-acceptable', status: 488 }, unseen: true }]);
  });

  it.each(['busy', 'unavailable'] as const)('that may not ring (%s) is refused so and shown as missed', (refuses) => {
    const { ring, records } = setUp({ refuses });
    expect(ring().verdict).toBe(refuses);
    expect(records).toMatchObject([{ outcome: 'missed', unseen: true }]);
  });

  it('rings twice of one caller and no more', () => {
    const { ring } = setUp();
    expect(Array.from({ length: 3 }, () => ring().verdict)).toEqual(['ringing', 'ringing', 'busy']);
  });
});

const stranger = (count: number) => `sip:stranger${count}@example.com` as AddressOfRecord;

describe('strangers who ring for the sake of ringing', () => {
  it('leave room for people the user knows, and for calls of their own', () => {
    const { ring, place, calls } = setUp();
    const verdicts = Array.from({ length: 20 }, (_, count) => ring(false, stranger(count)).verdict);
    expect(verdicts.filter((verdict) => verdict === 'ringing')).toHaveLength(3);
    expect(ring().verdict).toBe('ringing');
    expect(place('sip:carol@example.org' as AddressOfRecord).callId).toBeDefined();
    expect(calls.all()).toHaveLength(5);
  });

  it('ring at a rate, though each hangs up at once, and one more can when the flood is over', () => {
    const { ring, clock } = setUp();
    let rung = 0;
    for (let count = 0; count < 500; count += 1) {
      const { verdict, events } = ring(false, stranger(count));
      if (verdict === 'ringing') rung += 1;
      events?.ended({ code: 'cancelled', status: 487 }, false);
    }
    expect(rung).toBe(8);
    clock.advance(10_000);
    expect(ring(false, stranger(1_000)).verdict).toBe('ringing');
  });

  it('are counted into one record after the first five', () => {
    const { ring, records } = setUp();
    for (let count = 0; count < 500; count += 1) ring(false, stranger(count)).events?.ended({ code: 'cancelled', status: 487 }, false);
    expect(records).toHaveLength(5);
    expect(records.at(-1)).toMatchObject({ outcome: 'missed', unseen: true, count: 496, severalCallers: true });
    expect(records.reduce((sum, { count }) => sum + count, 0)).toBe(500);
  });
});

describe('missed calls of one caller', () => {
  it('are counted into the newest after three, and have records of their own again when they were seen', () => {
    const { ring, records, history, clock } = setUp();
    const miss = () => ring().events!.ended({ code: 'cancelled', status: 487 }, false);
    for (let count = 0; count < 10; count += 1) {
      clock.advance(1_000);
      miss();
    }
    expect(records.map(({ count }) => count)).toEqual([1, 1, 8]);
    expect(records.at(-1)).toMatchObject({ severalCallers: false, startedAtMs: clock.now() });
    history.markSeen();
    miss();
    expect(records.map(({ count }) => count)).toEqual([1, 1, 8, 1]);
  });
});

const carol = 'sip:carol@example.org' as AddressOfRecord;

describe('a second call', () => {
  it('that is accepted puts the first aside: silent at once, then held', () => {
    const { ring, place, calls, states } = setUp();
    const first = place();
    first.events.answered(false);
    const { call, asked } = ring(false, carol);
    calls.accept(call!.id, false, false);
    expect(first.asked).toEqual(['muted true', 'camera off true', 'hold']);
    expect(asked).toEqual(['accept false']);
    first.events.holdChanged(true, false);
    expect(states.findLast(({ id }) => id === first.callId)).toMatchObject({ heldByUs: true, muted: false });
  });

  it('that is placed does the same, and silences one that is not answered yet', () => {
    const { place, calls } = setUp();
    const first = place();
    const second = place(carol);
    expect(first.asked).toEqual(['muted true', 'camera off true']);
    second.events.answered(false);
    // Answered while the user talks to somebody else: held before they hear a word.
    first.events.answered(false);
    expect(first.asked).toEqual(['muted true', 'camera off true', 'hold']);
    expect(second.asked).toEqual([]);
    expect(calls.all().map(({ state }) => state)).toEqual(['active', 'active']);
  });

  it('ends the first where the user wants that', () => {
    const { ring, place, calls } = setUp();
    const first = place();
    first.events.answered(false);
    const { call } = ring(false, carol);
    calls.accept(call!.id, false, true);
    expect(first.asked).toContain('end');
  });

  it('and the first are swapped by resuming one: never are both open', () => {
    const { ring, place, calls } = setUp();
    const first = place();
    first.events.answered(false);
    const second = ring(false, carol);
    calls.accept(second.call!.id, false, false);
    second.events!.answered(false);
    first.events.holdChanged(true, false);
    first.asked.length = 0;
    second.asked.length = 0;
    calls.resume(first.callId);
    expect(second.asked).toEqual(['muted true', 'camera off true', 'hold']);
    expect(first.asked).toEqual(['muted false', 'camera off false', 'resume']);
  });

  it('keeps the first silent though the far side refuses the hold, and though the user unmutes meanwhile', () => {
    const { place, calls, states } = setUp();
    const first = place();
    first.events.answered(false);
    place(carol);
    first.events.renegotiationFailed({ code: 'not-acceptable', status: 488 });
    expect(states.findLast(({ id }) => id === first.callId)).toMatchObject({ heldByUs: true, renegotiating: false });
    calls.setMuted(first.callId, false);
    expect(first.asked).not.toContain('muted false');
    calls.resume(first.callId);
    expect(first.asked.slice(-3)).toEqual(['muted false', 'camera off false', 'resume']);
  });

  it('to the same address while the first is set up is the first: a double click makes one call', () => {
    const { place, calls, windows } = setUp();
    const first = place();
    const again = place();
    expect(again.callId).toBe(first.callId);
    expect(calls.all()).toHaveLength(1);
    expect(windows).toEqual([first.callId, first.callId]);
    first.events.answered(false);
    first.events.ended(null, true);
    expect(place().callId).not.toBe(first.callId);
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
    expect(asked).toEqual(['muted true', 'camera off true', 'hold', 'muted false', 'camera off false', 'resume']);
  });

  it('goes on, and is silent, where a hold is refused', () => {
    const { place, calls, states } = setUp();
    const { callId, events } = place();
    events.answered(false);
    calls.hold(callId);
    events.renegotiationFailed({ code: 'not-acceptable', status: 488 });
    expect(states.at(-1)).toMatchObject({ state: 'active', heldByUs: true, renegotiating: false });
  });

  it('has its camera turned on and off by an offer, and says why it stayed off', () => {
    const { place, calls, states } = setUp();
    const { callId, events, asked } = place();
    expect(states.at(-1)?.cameraOff).toBe(true);
    events.answered(false);
    calls.setCameraOff(callId, false);
    expect(states.at(-1)).toMatchObject({ cameraOff: true, renegotiating: true });
    events.videoChanged(true);
    events.cameraChanged(true, null);
    expect(states.at(-1)).toMatchObject({ cameraOff: false, renegotiating: false, video: true, cameraFailure: null });
    calls.setCameraOff(callId, true);
    events.cameraChanged(false, null);
    calls.setCameraOff(callId, false);
    events.cameraChanged(false, { code: 'no-camera' });
    expect(states.at(-1)).toMatchObject({ cameraOff: true, cameraFailure: { code: 'no-camera' } });
    expect(asked).toEqual(['camera true', 'camera false', 'camera true']);
  });

  it('is unknown to commands once it is over', () => {
    const { place, calls } = setUp();
    const { callId, events } = place();
    events.ended(null, true);
    expect(calls.end(callId)).toMatchObject({ ok: false, failure: { code: 'not-found' } });
  });
});
