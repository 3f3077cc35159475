/**
 * Whether anybody here could hear a call. A host that can ring by itself (a card, alerts) always can; one that rings
 * only in a browser's page can while such a page is open. A page that reloads is given time to come back.
 */
import type { ClientKind } from '../../common/contract/grants.ts';
import type { ClientId } from '../../common/model/ids.ts';
import type { Clock } from '../ports/clock.ts';

export interface Reachability {
  connected(client: ClientId, kind: ClientKind): void;
  gone(client: ClientId): void;
  isReachable(): boolean;
}

/** From the start until a page has to be there, and from the last page until it counts as closed. */
const START_MS = 30_000;
const RELOAD_MS = 10_000;

export function createReachability(clock: Clock, hasOwnBell: boolean, changed: (isReachable: boolean) => void): Reachability {
  const pages = new Set<ClientId>();
  let reachable = true;
  let cancelTimer: (() => void) | null = null;

  function enter(next: boolean): void {
    if (next === reachable) return;
    reachable = next;
    changed(next);
  }

  function closeAfter(delayMs: number): void {
    if (hasOwnBell) return;
    cancelTimer?.();
    cancelTimer = clock.after(delayMs, () => {
      enter(false);
    });
  }

  closeAfter(START_MS);
  return {
    connected(client, kind) {
      // A program may answer calls, and may as well only read the list of people: it is no bell.
      if (kind !== 'main') return;
      pages.add(client);
      cancelTimer?.();
      cancelTimer = null;
      enter(true);
    },
    gone(client) {
      if (pages.delete(client) && pages.size === 0) closeAfter(RELOAD_MS);
    },
    isReachable: () => reachable,
  };
}
