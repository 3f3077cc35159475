/** Keeps the presence subscriptions as the lists of accounts, people and conversations want them. */
import type { Account } from '../../common/model/account.ts';
import type { Conversation } from '../../common/model/message.ts';
import type { Person } from '../../common/model/person.ts';
import type { Clock } from '../ports/clock.ts';
import { byWatch, type Presence, type Watch } from '../presence/presence.ts';
import { watchList } from './watch-list.ts';

export interface Watches {
  /** What was asked for explicitly, beside the lists. */
  add(watch: Watch): void;
  remove(watch: Watch): void;
  /** One of the lists changed. */
  refresh(): void;
  stop(): void;
}

export interface WatchSources {
  readonly accounts: { all(): readonly Account[] };
  readonly people: { all(): readonly Person[] };
  readonly messaging: { conversations(): readonly Conversation[] };
  readonly presence: Pick<Presence, 'setWatches'>;
}

/** Many changes in a row (a start, an import, a burst of messages) make one comparison of the lists. */
const SETTLE_MS = 100;

export function createWatches(clock: Clock, { accounts, people, messaging, presence }: WatchSources): Watches {
  const explicit = byWatch<Watch>();
  let isStale = false;
  let isStopped = false;

  function refresh(): void {
    if (isStale || isStopped) return;
    isStale = true;
    clock.after(SETTLE_MS, () => {
      isStale = false;
      if (!isStopped) presence.setWatches(watchList(accounts.all(), people.all(), messaging.conversations(), explicit.values()));
    });
  }

  return {
    add(watch) {
      explicit.set(watch, watch);
      refresh();
    },
    remove(watch) {
      explicit.delete(watch);
      refresh();
    },
    refresh,
    stop() {
      isStopped = true;
    },
  };
}
