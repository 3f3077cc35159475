/**
 * Follows one domain of a host: its snapshot is adopted, the events that come after it are applied one by one, and
 * where one is missing the snapshot is loaded again. For the windows' stores and for a host's own view of its core.
 */
import type { Contract } from '../contract/define.ts';
import type { Client } from './client.ts';
import type { EventEnvelope, EventName, EventPayload, SnapshotOf } from './names.ts';

/** An event of one domain, to be told apart by its name. */
export type DomainEvent<C extends Contract, D extends keyof C & string> = {
  [N in EventName<C> & `${D}.${string}`]: { readonly name: N; readonly payload: EventPayload<C, N> };
}[EventName<C> & `${D}.${string}`];

export interface Followed<C extends Contract, D extends keyof C & string> {
  readonly domain: D;
  /** Takes the whole state over. */
  adopt(state: SnapshotOf<C, D>): void;
  /** Applies one event. */
  apply(event: DomainEvent<C, D>): void;
}

export interface Following {
  /** Resolves when the first snapshot was adopted; false where it was refused or did not fit. */
  readonly first: Promise<boolean>;
  end(): void;
}

/** `later`: when a snapshot that was not given is asked for again. */
export function follow<C extends Contract, D extends keyof C & string>(
  client: Client<C>,
  of: Followed<C, D>,
  later: (again: () => void) => void,
): Following {
  let revision = 0;
  /** Events that came while a snapshot was under way; null while none is. */
  let early: EventEnvelope[] | null = null;
  let isOver = false;

  function take(event: EventEnvelope): void {
    if (isOver) return;
    if (early) {
      early.push(event);
      return;
    }
    if (event.revision <= revision) return;
    if (event.revision !== revision + 1) {
      void load();
      return;
    }
    revision = event.revision;
    of.apply(event as unknown as DomainEvent<C, D>);
  }

  async function load(): Promise<boolean> {
    early = [];
    const answer = await client.snapshot(of.domain);
    if (isOver) return false;
    if (!answer.ok) {
      const isFinal = answer.failure.code === 'disconnected' || answer.failure.code === 'not-permitted';
      if (!isFinal)
        later(() => {
          if (!isOver) void load();
        });
      return false;
    }
    revision = answer.value.revision;
    of.adopt(answer.value.state);
    const waiting = early;
    early = null;
    for (const event of waiting) take(event);
    return true;
  }

  const unfollow = client.follow(of.domain, take);
  return {
    first: load(),
    end() {
      isOver = true;
      unfollow();
    },
  };
}
