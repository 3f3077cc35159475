/** Mirrors one domain of the host, over one connection after the other. Stores say what to do with its state and events. */
import type { AhoyContract, DomainName } from '../../common/contract/index.ts';
import { follow, type Followed, type Following } from '../../common/transport/follow.ts';
import type { HostConnection } from '../bridge/host-connection.svelte.ts';

const RELOAD_DELAY_MS = 500;

export class Mirror<D extends DomainName> {
  /** Whether a snapshot was ever adopted. */
  loaded = $state(false);

  readonly #connection: HostConnection;
  readonly #of: Followed<AhoyContract, D>;
  #following: Following | null = null;
  #stop: (() => void) | null = null;

  constructor(connection: HostConnection, of: Followed<AhoyContract, D>) {
    this.#connection = connection;
    this.#of = {
      ...of,
      adopt: (state) => {
        of.adopt(state);
        this.loaded = true;
      },
    };
  }

  start(): void {
    this.#stop = this.#connection.onClient((client) => {
      this.#following?.end();
      this.#following = follow(client, this.#of, (again) => setTimeout(again, RELOAD_DELAY_MS));
    });
  }

  stop(): void {
    this.#stop?.();
    this.#following?.end();
  }
}
