/**
 * Calls: what the user sees of one or more SIP sessions, from the first ring to the record in the history.
 * The session does the signalling (port sip-stack), a window does the media (port media-peer).
 */
import type { AddressOfRecord } from '../../common/model/address-of-record.ts';
import type { Call, CallRecord } from '../../common/model/call.ts';
import { failed, success, type Failure, type Outcome } from '../../common/model/failure.ts';
import type { AccountId, CallId, CallRecordId } from '../../common/model/ids.ts';
import type { Clock } from '../ports/clock.ts';
import { StorageFailure, type CallStore } from '../ports/history-store.ts';
import type { Logger } from '../ports/logger.ts';
import type { Random } from '../ports/random.ts';
import type { IncomingSession, Session, SessionEvents, SessionVerdict, UserAgent } from '../ports/sip-stack.ts';
import { outcomeOf } from './call-outcome.ts';

export interface CallsAdapters {
  readonly store: CallStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

export interface CallsHooks {
  usableUserAgent(accountId: AccountId): UserAgent | null;
  refusesCalls(): boolean;
  changed(call: Call): void;
  dtmfReceived(callId: CallId, tone: string): void;
  recorded(record: CallRecord): void;
  /** A window is wanted that claims the call's media. */
  windowWanted(callId: CallId): void;
  activeCountChanged(active: number): void;
}

export interface Calls {
  all(): readonly Call[];
  place(accountId: AccountId, to: AddressOfRecord, video: boolean): Outcome<{ callId: CallId }>;
  accept(callId: CallId, video: boolean): Outcome<null>;
  reject(callId: CallId, busy: boolean): Outcome<null>;
  end(callId: CallId): Outcome<null>;
  hold(callId: CallId): Outcome<null>;
  resume(callId: CallId): Outcome<null>;
  setMuted(callId: CallId, muted: boolean): Outcome<null>;
  setCameraOff(callId: CallId, cameraOff: boolean): Outcome<null>;
  sendDtmf(callId: CallId, tones: string): Outcome<null>;
  mediaOwnerChanged(callId: CallId, hasOwner: boolean): void;
  receive(accountId: AccountId, session: IncomingSession): SessionVerdict;
  /** Ends what still runs. */
  endAll(): void;
}

interface Entry {
  call: Call;
  session: Session | null;
  declined: boolean;
}

/** More than these at once is an attack or a fault, not a busy day. */
const MOST_CALLS = 8;

export function createCalls(adapters: CallsAdapters, hooks: CallsHooks): Calls {
  const { store, clock, random, logger } = adapters;
  const entries = new Map<CallId, Entry>();

  function change(entry: Entry, changes: Partial<Call>): void {
    const wasActive = entry.call.state === 'active';
    entry.call = { ...entry.call, ...changes };
    hooks.changed(entry.call);
    if (wasActive !== (entry.call.state === 'active')) hooks.activeCountChanged(activeCount());
  }

  function activeCount(): number {
    return [...entries.values()].filter((entry) => entry.call.state === 'active').length;
  }

  function newCall(accountId: AccountId, direction: Call['direction'], peer: AddressOfRecord, displayName: string, video: boolean): Call {
    return {
      id: random.id() as CallId,
      accountId,
      direction,
      peer,
      peerDisplayName: displayName,
      state: direction === 'outgoing' ? 'preparing' : 'ringing',
      video,
      earlyMedia: false,
      heldByUs: false,
      heldByThem: false,
      muted: false,
      cameraOff: false,
      renegotiating: false,
      hasMediaOwner: false,
      startedAtMs: clock.now(),
      answeredAtMs: null,
      endedAtMs: null,
      failure: null,
    };
  }

  function eventsOf(entry: Entry): SessionEvents {
    const running = (): boolean => entry.call.state !== 'ended';
    return {
      calling() {
        if (entry.call.state === 'preparing') change(entry, { state: 'calling' });
      },
      ringing(earlyMedia) {
        if (entry.call.state === 'calling' || entry.call.state === 'ringing') change(entry, { state: 'ringing', earlyMedia });
      },
      answered(video) {
        if (running() && entry.call.state !== 'active') change(entry, { state: 'active', video, answeredAtMs: clock.now() });
      },
      holdChanged(heldByUs, heldByThem) {
        if (running()) change(entry, { heldByUs, heldByThem, renegotiating: false });
      },
      renegotiationFailed(failure) {
        logger.warn('a renegotiation failed; the call goes on', { code: failure.code, status: failure.status });
        if (running()) change(entry, { renegotiating: false });
      },
      dtmfReceived(tone) {
        if (running()) hooks.dtmfReceived(entry.call.id, tone);
      },
      ended(failure, byUs) {
        if (running()) finish(entry, failure, byUs);
      },
    };
  }

  function finish(entry: Entry, failure: Failure | null, byUs: boolean): void {
    entries.delete(entry.call.id);
    logger.info('call ended', {
      call: entry.call.id,
      after: entry.call.state,
      byUs,
      code: failure?.code,
      status: failure?.status,
      detail: failure?.detail,
    });
    const endedAtMs = clock.now();
    change(entry, { state: 'ended', endedAtMs, failure: entry.declined ? null : failure, renegotiating: false });
    record(entry.call, byUs, entry.declined);
  }

  function record(call: Call, byUs: boolean, declined: boolean): void {
    const outcome = outcomeOf(call, byUs, declined);
    const made: CallRecord = {
      id: random.id() as CallRecordId,
      accountId: call.accountId,
      direction: call.direction,
      peer: call.peer,
      peerDisplayName: call.peerDisplayName,
      video: call.video,
      outcome,
      startedAtMs: call.startedAtMs,
      durationMs: call.answeredAtMs === null || call.endedAtMs === null ? 0 : Math.max(0, call.endedAtMs - call.answeredAtMs),
      failure: call.failure,
      unseen: outcome === 'missed',
    };
    try {
      store.add(made);
      hooks.recorded(made);
    } catch (error) {
      if (!(error instanceof StorageFailure)) throw error;
      logger.error('a call could not be recorded', { error: error.message });
    }
  }

  /** Runs `action` on a call that is in one of `states`. */
  function when(callId: CallId, states: readonly Call['state'][], action: (entry: Entry, session: Session) => void): Outcome<null> {
    const entry = entries.get(callId);
    if (!entry?.session) return failed('not-found');
    if (!states.includes(entry.call.state)) return failed('conflict', { detail: `the call is ${entry.call.state}` });
    action(entry, entry.session);
    return success(null);
  }

  const LIVE: readonly Call['state'][] = ['preparing', 'calling', 'ringing', 'accepting', 'active'];

  return {
    all: () => [...entries.values()].map((entry) => entry.call),
    place(accountId, to, video) {
      const userAgent = hooks.usableUserAgent(accountId);
      if (!userAgent) return failed('offline');
      if (entries.size >= MOST_CALLS) return failed('conflict', { detail: 'too many calls at once' });
      const entry: Entry = { call: newCall(accountId, 'outgoing', to, '', video), session: null, declined: false };
      entries.set(entry.call.id, entry);
      hooks.changed(entry.call);
      hooks.windowWanted(entry.call.id);
      entry.session = userAgent.placeCall({ callId: entry.call.id, to, video }, eventsOf(entry));
      return success({ callId: entry.call.id });
    },
    accept: (callId, video) =>
      when(callId, ['ringing'], (entry, session) => {
        if (entry.call.direction !== 'incoming') return;
        change(entry, { state: 'accepting' });
        hooks.windowWanted(callId);
        session.accept(video && entry.call.video);
      }),
    reject: (callId, busy) =>
      when(callId, ['ringing', 'accepting'], (entry, session) => {
        if (entry.call.direction !== 'incoming') return;
        entry.declined = true;
        session.reject(busy ? 486 : 603);
      }),
    end: (callId) =>
      when(callId, LIVE, (entry, session) => {
        if (entry.call.direction === 'incoming' && entry.call.state === 'ringing') {
          entry.declined = true;
          session.reject(603);
        } else session.end();
      }),
    hold: (callId) =>
      when(callId, ['active'], (entry, session) => {
        if (entry.call.heldByUs) return;
        change(entry, { renegotiating: true });
        session.hold();
      }),
    resume: (callId) =>
      when(callId, ['active'], (entry, session) => {
        if (!entry.call.heldByUs) return;
        change(entry, { renegotiating: true });
        session.resume();
      }),
    setMuted: (callId, muted) =>
      when(callId, LIVE, (entry, session) => {
        session.setMuted(muted);
        change(entry, { muted });
      }),
    setCameraOff: (callId, cameraOff) =>
      when(callId, LIVE, (entry, session) => {
        session.setCameraOff(cameraOff);
        change(entry, { cameraOff });
      }),
    sendDtmf: (callId, tones) =>
      when(callId, ['active'], (_entry, session) => {
        session.sendDtmf(tones);
      }),
    mediaOwnerChanged(callId, hasMediaOwner) {
      const entry = entries.get(callId);
      if (entry) change(entry, { hasMediaOwner });
    },
    receive(accountId, incoming) {
      const call = newCall(accountId, 'incoming', incoming.from, incoming.displayName.slice(0, 200), incoming.offersVideo);
      if (hooks.refusesCalls() || entries.size >= MOST_CALLS) {
        const refusedCall: Call = { ...call, state: 'ended', endedAtMs: clock.now(), failure: { code: 'busy', status: 486 } };
        record(refusedCall, true, false);
        return 'busy';
      }
      const entry: Entry = { call, session: null, declined: false };
      entries.set(call.id, entry);
      entry.session = incoming.ring(call.id, eventsOf(entry));
      // The far side may have gone while it was taken.
      if (entries.has(call.id)) hooks.changed(entry.call);
      return 'ringing';
    },
    endAll() {
      for (const entry of [...entries.values()]) {
        if (entry.call.state === 'ringing' && entry.call.direction === 'incoming') entry.session?.reject(480);
        else entry.session?.end();
      }
    },
  };
}
