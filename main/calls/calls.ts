/**
 * Calls: what the user sees of one or more SIP sessions, from the first ring to the end.
 * The session does the signalling (port sip-stack), a window does the media (port media-peer).
 *
 * The user talks in one call. Attending another puts the rest aside: they send nothing from that moment, whenever and
 * however the far side answers the hold.
 */
import type { AddressOfRecord } from '../../common/model/address-of-record.ts';
import { isRinging, type Call, type EndedCall } from '../../common/model/call.ts';
import { failed, success, type Failure, type Outcome } from '../../common/model/failure.ts';
import type { AccountId, CallId, LegId } from '../../common/model/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Random } from '../ports/random.ts';
import type { IncomingSession, Session, SessionEvents, SessionVerdict, UserAgent } from '../ports/sip-stack.ts';
import { createAdmission } from './admission.ts';

export interface CallsAdapters {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

export interface CallsHooks {
  usableUserAgent(accountId: AccountId): UserAgent | null;
  /** Why no call may ring now: the user wants none, or nobody would hear it; null where it may. */
  refusal(): 'busy' | 'unavailable' | null;
  /** Somebody the user kept, wrote to or called. */
  isKnown(accountId: AccountId, address: AddressOfRecord): boolean;
  changed(call: Call): void;
  dtmfReceived(callId: CallId, tone: string): void;
  /** Once for each call, those included that were refused before they rang. */
  ended(ended: EndedCall): void;
  /** A window is wanted that claims the call's media. */
  windowWanted(callId: CallId): void;
  activeCountChanged(active: number): void;
}

export interface Calls {
  all(): readonly Call[];
  /** Whose leg it is; null for one of no call that runs. */
  callOf(legId: LegId): CallId | null;
  place(accountId: AccountId, to: AddressOfRecord, video: boolean): Outcome<{ callId: CallId }>;
  /** The other calls are put aside, or ended where `endOthers`. */
  accept(callId: CallId, video: boolean, endOthers: boolean): Outcome<null>;
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

/** One session of a call, known by its id before the session is made. */
interface Leg {
  readonly id: LegId;
  session: Session | null;
}

interface Entry {
  call: Call;
  /** The one that the user talks by. */
  leg: Leg;
  declined: boolean;
  /** Put aside for another call, or held: nothing is sent. */
  isAside: boolean;
  /** The same of a call that is not active yet, so that it is silent from its first moment. */
  isSilenced: boolean;
  /** The camera of a call with pictures was turned off before it was answered: its track waits, dark. */
  isCameraHeldBack: boolean;
  readonly isKnown: boolean;
}

/** Calls of the user's own at once; more is a fault. Incoming ones have their own bounds. */
const MOST_OWN_CALLS = 8;

const REFUSAL_STATUS = { busy: 486, unavailable: 480, 'not-acceptable': 488 } as const;

/** Not one that only rings here. */
const isOurs = (call: Call): boolean => call.direction === 'outgoing' || call.state !== 'ringing';

export function createCalls(adapters: CallsAdapters, hooks: CallsHooks): Calls {
  const { clock, random, logger } = adapters;
  const entries = new Map<CallId, Entry>();
  const admission = createAdmission(clock);
  /** The call the user turned to last. */
  let attended: CallId | null = null;

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
      asserted: null,
      cameraFailure: null,
      state: direction === 'outgoing' ? 'preparing' : 'ringing',
      video,
      earlyMedia: false,
      heldByUs: false,
      heldByThem: false,
      muted: false,
      // Whoever calls with pictures shows their own; a call with sound alone has no camera on.
      cameraOff: !video,
      renegotiating: false,
      protection: null,
      hasMediaOwner: false,
      startedAtMs: clock.now(),
      answeredAtMs: null,
      endedAtMs: null,
      failure: null,
    };
  }

  function enter(call: Call, isKnown: boolean): Entry {
    const leg: Leg = { id: random.id() as LegId, session: null };
    const entry: Entry = { call, leg, declined: false, isAside: false, isSilenced: false, isCameraHeldBack: false, isKnown };
    entries.set(call.id, entry);
    return entry;
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
        if (!running() || entry.call.state === 'active') return;
        change(entry, { state: 'active', video, answeredAtMs: clock.now() });
        // Somebody answered whom the user has turned away from meanwhile.
        const isTalkingElsewhere = [...entries.values()].some(
          (other) => other !== entry && other.call.state === 'active' && !other.isAside,
        );
        if (isTalkingElsewhere && attended !== entry.call.id) putAside(entry);
        else {
          if (entry.isSilenced) openUp(entry);
          putOthersAside(entry.call.id);
        }
      },
      holdChanged(heldByUs, heldByThem) {
        if (running()) change(entry, { heldByUs: heldByUs || entry.isAside, heldByThem, renegotiating: false });
      },
      renegotiationFailed(failure) {
        logger.warn('a renegotiation failed; the call goes on', { code: failure.code, status: failure.status });
        // A hold that the far side refused: we send nothing all the same.
        if (running()) change(entry, { renegotiating: false, heldByUs: entry.call.heldByUs || entry.isAside });
      },
      cameraChanged(on, failure) {
        if (failure) logger.warn('the camera could not be turned on', { code: failure.code, status: failure.status });
        if (running()) change(entry, { cameraOff: !on, renegotiating: false, cameraFailure: failure });
      },
      videoChanged(video) {
        if (running()) change(entry, { video });
      },
      protectionChanged(protection) {
        if (running()) change(entry, { protection });
      },
      dtmfReceived(tone) {
        if (running()) hooks.dtmfReceived(entry.call.id, tone);
      },
      // A call keeps its party: nobody else is put in its place by whoever is at the other end.
      transferRequested: () => 'declined',
      replacementRequested: () => 'declined',
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
    if (attended === entry.call.id) attended = null;
    change(entry, { state: 'ended', endedAtMs, failure: entry.declined ? null : failure, renegotiating: false });
    hooks.ended({ call: entry.call, byUs, declined: entry.declined, isKnown: entry.isKnown });
  }

  function putAside(entry: Entry): void {
    const { session } = entry.leg;
    if (entry.isAside || session === null || !isOurs(entry.call)) return;
    if (!entry.isSilenced) {
      entry.isSilenced = true;
      session.setMuted(true);
      session.setCameraOff(true);
    }
    if (entry.call.state !== 'active') return;
    entry.isAside = true;
    change(entry, { renegotiating: true });
    session.hold();
  }

  /** Sound and pictures as the user chose them. */
  function openUp(entry: Entry): void {
    entry.isAside = false;
    entry.isSilenced = false;
    entry.leg.session?.setMuted(entry.call.muted);
    entry.leg.session?.setCameraOff(entry.isCameraHeldBack);
  }

  function putOthersAside(callId: CallId): void {
    for (const other of [...entries.values()]) if (other.call.id !== callId) putAside(other);
  }

  /** The user turns to this call. */
  function attend(callId: CallId): void {
    attended = callId;
    putOthersAside(callId);
  }

  /** Runs `action` on a call that is in one of `states`. */
  function when(callId: CallId, states: readonly Call['state'][], action: (entry: Entry, session: Session) => void): Outcome<null> {
    const entry = entries.get(callId);
    if (!entry?.leg.session) return failed('not-found');
    if (!states.includes(entry.call.state)) return failed('conflict', { detail: `the call is ${entry.call.state}` });
    action(entry, entry.leg.session);
    return success(null);
  }

  const ringing = () => [...entries.values()].filter(({ call }) => isRinging(call)).map(({ call, isKnown }) => ({ party: call, isKnown }));
  const SETTING_UP: readonly Call['state'][] = ['preparing', 'calling', 'ringing'];
  const LIVE: readonly Call['state'][] = ['preparing', 'calling', 'ringing', 'accepting', 'active'];

  return {
    all: () => [...entries.values()].map((entry) => entry.call),
    callOf: (legId) => [...entries.values()].find(({ leg }) => leg.id === legId)?.call.id ?? null,
    place(accountId, to, video) {
      const own = [...entries.values()].filter(({ call }) => isOurs(call));
      // A second press, or a press in another window: the user wants one call.
      const same = own.find(({ call }) => call.accountId === accountId && call.peer === to && SETTING_UP.includes(call.state));
      if (same) {
        hooks.windowWanted(same.call.id);
        return success({ callId: same.call.id });
      }
      const userAgent = hooks.usableUserAgent(accountId);
      if (!userAgent) return failed('offline');
      if (own.length >= MOST_OWN_CALLS) return failed('conflict', { detail: 'too many calls at once' });
      const entry = enter(newCall(accountId, 'outgoing', to, '', video), true);
      hooks.changed(entry.call);
      attend(entry.call.id);
      hooks.windowWanted(entry.call.id);
      entry.leg.session = userAgent.placeCall({ legId: entry.leg.id, to, video }, eventsOf(entry));
      return success({ callId: entry.call.id });
    },
    accept: (callId, video, endOthers) =>
      when(callId, ['ringing'], (entry, session) => {
        if (entry.call.direction !== 'incoming') return;
        const showsUs = video && entry.call.video;
        change(entry, { state: 'accepting', cameraOff: !showsUs });
        if (endOthers) for (const other of [...entries.values()]) if (other !== entry && isOurs(other.call)) other.leg.session?.end();
        attend(callId);
        hooks.windowWanted(callId);
        session.accept(showsUs);
      }),
    reject: (callId, busy) =>
      when(callId, ['ringing', 'accepting'], (entry, session) => {
        if (entry.call.direction !== 'incoming') return;
        entry.declined = true;
        session.reject(busy ? 486 : 603);
      }),
    end: (callId) =>
      when(callId, LIVE, (entry, session) => {
        if (isRinging(entry.call)) {
          entry.declined = true;
          session.reject(603);
        } else session.end();
      }),
    hold: (callId) =>
      when(callId, ['active'], (entry) => {
        if (!entry.call.heldByUs) putAside(entry);
      }),
    resume: (callId) =>
      when(callId, ['active'], (entry, session) => {
        if (!entry.call.heldByUs) return;
        attend(callId);
        openUp(entry);
        change(entry, { renegotiating: true });
        session.resume();
      }),
    setMuted: (callId, muted) =>
      when(callId, LIVE, (entry, session) => {
        // A call that was put aside stays silent; the choice counts when it is resumed.
        session.setMuted(muted || entry.isSilenced);
        change(entry, { muted });
      }),
    setCameraOff: (callId, cameraOff) =>
      when(callId, LIVE, (entry, session) => {
        if (entry.call.state === 'active' && !entry.isAside) {
          // What is off is not sent, not even as a black picture: an offer says so to the far side.
          entry.isCameraHeldBack = false;
          change(entry, { renegotiating: true, cameraFailure: null });
          session.setCamera(!cameraOff);
          return;
        }
        entry.isCameraHeldBack = cameraOff;
        session.setCameraOff(cameraOff || entry.isSilenced);
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
      const call: Call = {
        ...newCall(accountId, 'incoming', incoming.from, incoming.displayName, incoming.offersVideo),
        asserted: incoming.asserted,
      };
      const isKnown = hooks.isKnown(accountId, incoming.from);
      const refusal = !incoming.isAnswerable
        ? 'not-acceptable'
        : (hooks.refusal() ?? (admission.mayRing({ party: call, isKnown }, ringing()) ? null : 'busy'));
      if (refusal !== null) {
        const failure: Failure = { code: refusal, status: REFUSAL_STATUS[refusal] };
        hooks.ended({ call: { ...call, state: 'ended', endedAtMs: clock.now(), failure }, byUs: true, declined: false, isKnown });
        return refusal;
      }
      const entry = enter(call, isKnown);
      entry.leg.session = incoming.ring(entry.leg.id, eventsOf(entry));
      // The far side may have gone while it was taken.
      if (entries.has(call.id)) hooks.changed(entry.call);
      return 'ringing';
    },
    endAll() {
      for (const entry of [...entries.values()]) {
        if (isRinging(entry.call)) entry.leg.session?.reject(480);
        else entry.leg.session?.end();
      }
    },
  };
}
