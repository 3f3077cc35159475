/** Own presence, and what is known of the presentities watched, by address. */
import { SvelteMap } from 'svelte/reactivity';
import { assertNever } from '../../common/model/assert-never.ts';
import { userOf, type AddressOfRecord } from '../../common/model/address-of-record.ts';
import type { Outcome } from '../../common/model/failure.ts';
import type { AccountId } from '../../common/model/ids.ts';
import { isNetworkNumber } from '../../common/model/phone-number.ts';
import { mostTelling, type OwnPresence, type OwnStatus, type Presentity } from '../../common/model/presence.ts';
import type { HostConnection } from '../bridge/host-connection.svelte.ts';
import { Mirror } from './mirror.svelte.ts';

export class PresenceStore {
  readonly mirror: Mirror<'presence'>;
  own = $state.raw<OwnPresence>({ status: 'available', note: '', sinceMs: 0, shown: 'offline', publications: [] });
  readonly #connection: HostConnection;
  readonly #byAddress = new SvelteMap<string, ReadonlyMap<AccountId, Presentity>>();

  constructor(connection: HostConnection) {
    this.#connection = connection;
    this.mirror = new Mirror(connection, {
      domain: 'presence',
      adopt: (state) => {
        this.own = state.own;
        this.#byAddress.clear();
        for (const presentity of state.presentities) this.#put(presentity);
      },
      apply: (event) => {
        switch (event.name) {
          case 'presence.ownChanged':
            this.own = event.payload.own;
            return;
          case 'presence.changed':
            this.#put(event.payload.presentity);
            return;
          case 'presence.forgotten':
            this.#forget(event.payload.accountId, event.payload.address);
            return;
          default:
            assertNever(event);
        }
      },
    });
  }

  /** What is known of these addresses together; null where none is watched. While the host is gone, nothing is known. */
  of(addresses: readonly AddressOfRecord[]): Presentity | null {
    const best = mostTelling(addresses.flatMap((address) => [...(this.#byAddress.get(plain(address))?.values() ?? [])]));
    // A telephone says nothing of its own: that nothing is known of a number is not worth a mark.
    if (best?.status === 'unknown' && addresses.every((address) => isNetworkNumber(userOf(address)))) return null;
    // What nobody tells us any more may have changed: since then it is unknown, whatever was last known.
    const lostAtMs = this.#connection.lostAtMs;
    return best && lostAtMs !== null && best.status !== 'unknown' ? { ...best, status: 'unknown', sinceMs: lostAtMs } : best;
  }

  publish(status: OwnStatus, note: string): Promise<Outcome<null>> {
    return this.#connection.ask.presence.publish({ status, note });
  }

  #put(presentity: Presentity): void {
    const key = plain(presentity.address);
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- replaced, never changed
    const byAccount = new Map(this.#byAddress.get(key));
    byAccount.set(presentity.accountId, presentity);
    this.#byAddress.set(key, byAccount);
  }

  #forget(accountId: AccountId, address: AddressOfRecord): void {
    const key = plain(address);
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- replaced, never changed
    const byAccount = new Map(this.#byAddress.get(key));
    byAccount.delete(accountId);
    if (byAccount.size > 0) this.#byAddress.set(key, byAccount);
    else this.#byAddress.delete(key);
  }
}

function plain(address: AddressOfRecord): string {
  return address.slice(address.indexOf(':') + 1);
}
