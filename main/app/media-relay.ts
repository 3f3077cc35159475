/**
 * The media peer over the contract: a call's media belongs to the one window that claimed it, with all its legs.
 * Operations on a leg go to that window alone; when its connection ends, the media of the whole call is gone.
 */
import { failed, success, type Outcome } from '../../common/model/failure.ts';
import type { CallId, ClientId, LegId } from '../../common/model/ids.ts';
import type { MediaEventName, MediaOperation, MediaResult, PeerState } from '../../common/model/media.ts';
import type { Clock } from '../ports/clock.ts';
import type { MediaPeer, MediaPeerEvents } from '../ports/media-peer.ts';

export interface MediaRelayHooks {
  /** Sends an operation to the owner. */
  requested(owner: ClientId, callId: CallId, legId: LegId, request: number, operation: MediaOperation): void;
  ownerChanged(callId: CallId, hasOwner: boolean): void;
  /** Whether there is such a call to be claimed. */
  isCall(callId: CallId): boolean;
  /** Whose leg it is; null for one of no call. */
  callOf(legId: LegId): CallId | null;
}

export interface MediaRelay {
  readonly peer: MediaPeer;
  claim(callId: CallId, client: ClientId): Outcome<null>;
  giveUp(callId: CallId, client: ClientId): Outcome<null>;
  answer(legId: LegId, client: ClientId, request: number, result: MediaResult): Outcome<null>;
  notify(legId: LegId, client: ClientId, event: MediaEventName, hasCandidate: boolean, state: PeerState): Outcome<null>;
  clientGone(client: ClientId): void;
  /** The call is over: nobody owns it any more. */
  callEnded(callId: CallId): void;
}

const CLAIM_WAIT_MS = 10_000;
/** The owner has this long for one operation; opening the microphone may ask the user first. */
const OPERATION_MS = 15_000;
const OPEN_MS = 60_000;

interface Leg {
  readonly callId: CallId;
  events: MediaPeerEvents | null;
  readonly waiting: Set<(claimed: boolean) => void>;
  readonly pending: Map<number, (result: MediaResult) => void>;
}

const NO_OWNER: MediaResult = { ok: false, failure: 'no-media-owner', detail: '', state: null };

export function createMediaRelay(clock: Clock, hooks: MediaRelayHooks): MediaRelay {
  const owners = new Map<CallId, ClientId>();
  const legs = new Map<LegId, Leg>();
  let lastRequest = 0;

  function legOf(legId: LegId): Leg | null {
    const known = legs.get(legId);
    if (known) return known;
    const callId = hooks.callOf(legId);
    if (callId === null) return null;
    const leg: Leg = { callId, events: null, waiting: new Set(), pending: new Map() };
    legs.set(legId, leg);
    return leg;
  }

  const legsOf = (callId: CallId): Leg[] => [...legs.values()].filter((leg) => leg.callId === callId);

  function lose(callId: CallId): void {
    owners.delete(callId);
    for (const leg of legsOf(callId)) for (const settle of [...leg.pending.values()]) settle(NO_OWNER);
    hooks.ownerChanged(callId, false);
    for (const leg of legsOf(callId)) {
      const { events } = leg;
      leg.events = null;
      events?.gone();
    }
  }

  function owned(callId: CallId | undefined, client: ClientId, action: () => void): Outcome<null> {
    if (callId === undefined || owners.get(callId) !== client) return failed('not-permitted', { detail: 'the call’s media is not yours' });
    action();
    return success(null);
  }

  const peer: MediaPeer = {
    claimed(legId) {
      const leg = legOf(legId);
      if (!leg) return Promise.resolve(false);
      if (owners.has(leg.callId)) return Promise.resolve(true);
      return new Promise((resolve) => {
        const settle = (claimed: boolean): void => {
          cancel();
          leg.waiting.delete(settle);
          resolve(claimed);
        };
        const cancel = clock.after(CLAIM_WAIT_MS, () => {
          settle(false);
        });
        leg.waiting.add(settle);
      });
    },
    listen(legId, events) {
      const leg = legOf(legId);
      if (leg) leg.events = events;
    },
    request(legId, operation) {
      const leg = legs.get(legId);
      const owner = leg && owners.get(leg.callId);
      if (!leg || owner === undefined) return Promise.resolve(NO_OWNER);
      const request = (lastRequest += 1);
      return new Promise((resolve) => {
        const settle = (result: MediaResult): void => {
          cancel();
          leg.pending.delete(request);
          resolve(result);
        };
        const cancel = clock.after(operation.name === 'open' ? OPEN_MS : OPERATION_MS, () => {
          settle({ ok: false, failure: 'media-failed', detail: `${operation.name} was not answered`, state: null });
        });
        leg.pending.set(request, settle);
        hooks.requested(owner, leg.callId, legId, request, operation);
      });
    },
    release(legId) {
      const leg = legs.get(legId);
      if (!leg) return;
      legs.delete(legId);
      leg.events = null;
      for (const settle of [...leg.waiting]) settle(false);
      for (const settle of [...leg.pending.values()]) settle(NO_OWNER);
      const owner = owners.get(leg.callId);
      if (owner !== undefined) hooks.requested(owner, leg.callId, legId, (lastRequest += 1), { name: 'close' });
    },
  };

  return {
    peer,
    claim(callId, client) {
      if (!hooks.isCall(callId)) return failed('not-found');
      const owner = owners.get(callId);
      if (owner !== undefined)
        return owner === client ? success(null) : failed('conflict', { detail: 'another window has the call’s media' });
      owners.set(callId, client);
      hooks.ownerChanged(callId, true);
      for (const leg of legsOf(callId)) for (const settle of [...leg.waiting]) settle(true);
      return success(null);
    },
    giveUp: (callId, client) =>
      owned(callId, client, () => {
        lose(callId);
      }),
    answer: (legId, client, request, result) => {
      const leg = legs.get(legId);
      return owned(leg?.callId, client, () => leg?.pending.get(request)?.(result));
    },
    notify: (legId, client, event, hasCandidate, state) => {
      const leg = legs.get(legId);
      return owned(leg?.callId, client, () => leg?.events?.event(event, state, hasCandidate));
    },
    clientGone(client) {
      for (const [callId, owner] of [...owners]) if (owner === client) lose(callId);
    },
    callEnded(callId) {
      owners.delete(callId);
    },
  };
}
