/**
 * What stays of a call. Missed calls that come in a flood are counted into one record, or the history would be the
 * caller's to fill: of one caller after a few, of strangers together.
 */
import { partyKey, type CallRecord, type EndedCall } from '../../common/model/call.ts';
import type { CallRecordId } from '../../common/model/ids.ts';
import { StorageFailure, type CallPage, type CallStore } from '../ports/history-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Random } from '../ports/random.ts';
import { outcomeOf } from './call-outcome.ts';

export interface CallHistoryHooks {
  /** Added, or counted into a record that was there already. */
  recorded(record: CallRecord): void;
  /** The missed calls were looked at. */
  seen(): void;
  removed(id: CallRecordId): void;
}

export interface CallHistory {
  add(ended: EndedCall): void;
  /** Newest first. */
  page(wanted: CallPage): { readonly records: readonly CallRecord[]; readonly hasMore: boolean };
  unseenMissedCount(): number;
  /** The user looked at the missed calls: what comes now is new. */
  markSeen(): void;
  remove(id: CallRecordId): void;
}

/** Missed calls within this span belong together. */
const FLOOD_MS = 10 * 60_000;
/** Records of their own, before the rest is counted. */
const MOST_OF_ONE = 3;
const MOST_STRANGERS = 5;

interface Flood {
  readonly count: number;
  readonly last: CallRecord;
}

export function createCallHistory(
  adapters: { readonly store: CallStore; readonly clock: Clock; readonly random: Random; readonly logger: Logger },
  hooks: CallHistoryHooks,
): CallHistory {
  const { store, clock, random, logger } = adapters;
  const floods = new Map<string, Flood>();

  function add({ call, byUs, declined, isKnown }: EndedCall): void {
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
      count: 1,
      severalCallers: false,
    };
    keep(outcome === 'missed' ? folded(made, isKnown) : made);
  }

  /** The record itself, or the one it is counted into. */
  function folded(made: CallRecord, isKnown: boolean): CallRecord {
    forgetOld();
    const strangers = isKnown ? undefined : floods.get(made.accountId);
    if (strangers && strangers.count >= MOST_STRANGERS) return countInto(made.accountId, strangers, made);
    const key = partyKey(made);
    const ofOne = floods.get(key);
    const kept = ofOne && ofOne.count >= MOST_OF_ONE ? countInto(key, ofOne, made) : made;
    if (kept === made) floods.set(key, { count: (ofOne?.count ?? 0) + 1, last: made });
    if (!isKnown) floods.set(made.accountId, { count: (strangers?.count ?? 0) + 1, last: kept });
    return kept;
  }

  function countInto(key: string, { count, last }: Flood, made: CallRecord): CallRecord {
    const counted: CallRecord = {
      ...last,
      startedAtMs: made.startedAtMs,
      count: last.count + 1,
      severalCallers: last.severalCallers || last.peer !== made.peer,
    };
    floods.set(key, { count: count + 1, last: counted });
    return counted;
  }

  function forgetOld(): void {
    const oldestMs = clock.now() - FLOOD_MS;
    for (const [key, { last }] of floods) if (last.startedAtMs < oldestMs) floods.delete(key);
  }

  function keep(record: CallRecord): void {
    try {
      store.put(record);
      hooks.recorded(record);
    } catch (error) {
      if (!(error instanceof StorageFailure)) throw error;
      logger.error('a call could not be recorded', { error: error.message });
    }
  }

  return {
    add,
    page: (wanted) => store.page(wanted),
    unseenMissedCount: () => store.unseenMissedCount(),
    markSeen() {
      if (store.unseenMissedCount() === 0) return;
      store.markSeen();
      floods.clear();
      hooks.seen();
    },
    remove(id) {
      store.remove(id);
      hooks.removed(id);
    },
  };
}
