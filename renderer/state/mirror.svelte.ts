/**
 * Mirrors one domain of the host: loads its snapshot, applies the events that follow it one by one, and loads
 * again when one is missing or the connection is new. Stores say what to do with both.
 */
import type { AhoyContract, DomainName } from '../../common/contract/index.ts';
import type { EventEnvelope, EventName, EventPayload, SnapshotOf } from '../../common/transport/names.ts';
import type { AhoyClient, HostConnection } from '../bridge/host-connection.svelte.ts';

/** An event of one domain, to be told apart by its name. */
export type DomainEvent<D extends DomainName> = {
  [N in EventName<AhoyContract> & `${D}.${string}`]: { readonly name: N; readonly payload: EventPayload<AhoyContract, N> };
}[EventName<AhoyContract> & `${D}.${string}`];

export interface MirrorOf<D extends DomainName> {
  readonly domain: D;
  /** Takes the whole state over. */
  adopt(state: SnapshotOf<AhoyContract, D>): void;
  /** Applies one event. */
  apply(event: DomainEvent<D>): void;
}

const RELOAD_DELAY_MS = 500;

export class Mirror<D extends DomainName> {
  /** Whether a snapshot was ever adopted. */
  loaded = $state(false);

  readonly #connection: HostConnection;
  readonly #of: MirrorOf<D>;
  #client: AhoyClient | null = null;
  #unfollow: (() => void) | null = null;
  #revision = 0;
  #early: EventEnvelope[] | null = null;
  #stop: (() => void) | null = null;

  constructor(connection: HostConnection, of: MirrorOf<D>) {
    this.#connection = connection;
    this.#of = of;
  }

  start(): void {
    this.#stop = this.#connection.onClient((client) => {
      this.#unfollow?.();
      this.#client = client;
      this.#unfollow = client.follow(this.#of.domain, (event) => {
        this.#take(client, event);
      });
      void this.#load(client);
    });
  }

  stop(): void {
    this.#stop?.();
    this.#unfollow?.();
    this.#client = null;
  }

  #take(client: AhoyClient, event: EventEnvelope): void {
    if (client !== this.#client) return;
    if (this.#early) {
      this.#early.push(event);
      return;
    }
    if (event.revision <= this.#revision) return;
    if (event.revision !== this.#revision + 1) {
      void this.#load(client);
      return;
    }
    this.#revision = event.revision;
    this.#of.apply(event as unknown as DomainEvent<D>);
  }

  async #load(client: AhoyClient): Promise<void> {
    this.#early = [];
    const answer = await client.snapshot(this.#of.domain);
    if (client !== this.#client) return;
    if (!answer.ok) {
      if (answer.failure.code === 'disconnected' || answer.failure.code === 'not-permitted') return;
      setTimeout(() => {
        if (client === this.#client) void this.#load(client);
      }, RELOAD_DELAY_MS);
      return;
    }
    this.#revision = answer.value.revision;
    this.#of.adopt(answer.value.state);
    this.loaded = true;
    const early = this.#early;
    this.#early = null;
    for (const event of early) this.#take(client, event);
  }
}
