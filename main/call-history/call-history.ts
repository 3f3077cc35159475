/**
 * The record of each call that is over. Missed calls that come in a flood are counted in one record, because otherwise
 * a caller could fill the history: those of one caller after a few, those of strangers together.
 */
import { byParty, type CallRecord, type EndedCall } from '../../common/model/call.ts';
import type { AccountId, CallRecordId } from '../../common/model/ids.ts';
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
  const ofOneCaller = byParty<Flood>();
  const ofStrangers = new Map<AccountId, Flood>();

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
    const strangers = isKnown ? undefined : ofStrangers.get(made.accountId);
    if (strangers && strangers.count >= MOST_STRANGERS) {
      const flood = countInto(strangers, made);
      ofStrangers.set(made.accountId, flood);
      return flood.last;
    }
    const ofOne = ofOneCaller.get(made);
    const flood = ofOne && ofOne.count >= MOST_OF_ONE ? countInto(ofOne, made) : { count: (ofOne?.count ?? 0) + 1, last: made };
    ofOneCaller.set(made, flood);
    if (!isKnown) ofStrangers.set(made.accountId, { count: (strangers?.count ?? 0) + 1, last: flood.last });
    return flood.last;
  }

  function countInto({ count, last }: Flood, made: CallRecord): Flood {
    return {
      count: count + 1,
      last: {
        ...last,
        startedAtMs: made.startedAtMs,
        count: last.count + 1,
        severalCallers: last.severalCallers || last.peer !== made.peer,
      },
    };
  }

  function forgetOld(): void {
    const oldestMs = clock.now() - FLOOD_MS;
    for (const [party, { last }] of ofOneCaller) if (last.startedAtMs < oldestMs) ofOneCaller.delete(party);
    for (const [accountId, { last }] of ofStrangers) if (last.startedAtMs < oldestMs) ofStrangers.delete(accountId);
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
      ofOneCaller.clear();
      ofStrangers.clear();
      hooks.seen();
    },
    remove(id) {
      store.remove(id);
      hooks.removed(id);
    },
  };
}
