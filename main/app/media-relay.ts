/**
 * The media peer over the contract: each call's media belongs to the one window that claimed it. Operations go
 * to that window alone; when its connection ends, the call's media is gone.
 */
import { failed, success, type Outcome } from '../../common/model/failure.ts';
import type { CallId, ClientId } from '../../common/model/ids.ts';
import type { MediaEventName, MediaOperation, MediaResult, PeerState } from '../../common/model/media.ts';
import type { Clock } from '../ports/clock.ts';
import type { MediaPeer, MediaPeerEvents } from '../ports/media-peer.ts';

export interface MediaRelayHooks {
  /** Sends an operation to the owner. */
  requested(owner: ClientId, callId: CallId, request: number, operation: MediaOperation): void;
  ownerChanged(callId: CallId, hasOwner: boolean): void;
  /** Whether there is such a call to be claimed. */
  isCall(callId: CallId): boolean;
}

export interface MediaRelay {
  readonly peer: MediaPeer;
  claim(callId: CallId, client: ClientId): Outcome<null>;
  giveUp(callId: CallId, client: ClientId): Outcome<null>;
  answer(callId: CallId, client: ClientId, request: number, result: MediaResult): Outcome<null>;
  notify(callId: CallId, client: ClientId, event: MediaEventName, hasCandidate: boolean, state: PeerState): Outcome<null>;
  clientGone(client: ClientId): void;
}

const CLAIM_WAIT_MS = 10_000;
/** The owner has this long for one operation; opening the microphone may ask the user first. */
const OPERATION_MS = 15_000;
const OPEN_MS = 60_000;

interface Entry {
  owner: ClientId | null;
  events: MediaPeerEvents | null;
  readonly waiting: Set<(claimed: boolean) => void>;
  readonly pending: Map<number, (result: MediaResult) => void>;
}

const NO_OWNER: MediaResult = { ok: false, failure: 'no-media-owner', detail: '', state: null };

export function createMediaRelay(clock: Clock, hooks: MediaRelayHooks): MediaRelay {
  const entries = new Map<CallId, Entry>();
  let lastRequest = 0;

  function entryOf(callId: CallId): Entry {
    let entry = entries.get(callId);
    if (!entry) {
      entry = { owner: null, events: null, waiting: new Set(), pending: new Map() };
      entries.set(callId, entry);
    }
    return entry;
  }

  function lose(callId: CallId, entry: Entry): void {
    entry.owner = null;
    for (const settle of [...entry.pending.values()]) settle(NO_OWNER);
    hooks.ownerChanged(callId, false);
    const { events } = entry;
    entry.events = null;
    events?.gone();
  }

  function owned(callId: CallId, client: ClientId, action: (entry: Entry) => void): Outcome<null> {
    const entry = entries.get(callId);
    if (entry?.owner !== client) return failed('not-permitted', { detail: 'the call’s media is not yours' });
    action(entry);
    return success(null);
  }

  const peer: MediaPeer = {
    claimed(callId) {
      const entry = entryOf(callId);
      if (entry.owner !== null) return Promise.resolve(true);
      return new Promise((resolve) => {
        const settle = (claimed: boolean): void => {
          cancel();
          entry.waiting.delete(settle);
          resolve(claimed);
        };
        const cancel = clock.after(CLAIM_WAIT_MS, () => {
          settle(false);
        });
        entry.waiting.add(settle);
      });
    },
    listen(callId, events) {
      entryOf(callId).events = events;
    },
    request(callId, operation) {
      const entry = entries.get(callId);
      const owner = entry?.owner ?? null;
      if (!entry || owner === null) return Promise.resolve(NO_OWNER);
      const request = (lastRequest += 1);
      return new Promise((resolve) => {
        const settle = (result: MediaResult): void => {
          cancel();
          entry.pending.delete(request);
          resolve(result);
        };
        const cancel = clock.after(operation.name === 'open' ? OPEN_MS : OPERATION_MS, () => {
          settle({ ok: false, failure: 'media-failed', detail: `${operation.name} was not answered`, state: null });
        });
        entry.pending.set(request, settle);
        hooks.requested(owner, callId, request, operation);
      });
    },
    release(callId) {
      const entry = entries.get(callId);
      if (!entry) return;
      entries.delete(callId);
      entry.events = null;
      for (const settle of [...entry.waiting]) settle(false);
      for (const settle of [...entry.pending.values()]) settle(NO_OWNER);
      if (entry.owner !== null) hooks.requested(entry.owner, callId, (lastRequest += 1), { name: 'close' });
    },
  };

  return {
    peer,
    claim(callId, client) {
      if (!hooks.isCall(callId)) return failed('not-found');
      const entry = entryOf(callId);
      if (entry.owner !== null)
        return entry.owner === client ? success(null) : failed('conflict', { detail: 'another window has the call’s media' });
      entry.owner = client;
      hooks.ownerChanged(callId, true);
      for (const settle of [...entry.waiting]) settle(true);
      return success(null);
    },
    giveUp: (callId, client) =>
      owned(callId, client, (entry) => {
        lose(callId, entry);
      }),
    answer: (callId, client, request, result) =>
      owned(callId, client, (entry) => {
        entry.pending.get(request)?.(result);
      }),
    notify: (callId, client, event, hasCandidate, state) =>
      owned(callId, client, (entry) => {
        entry.events?.event(event, state, hasCandidate);
      }),
    clientGone(client) {
      for (const [callId, entry] of [...entries]) if (entry.owner === client) lose(callId, entry);
    },
  };
}
