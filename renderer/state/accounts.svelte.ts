/** Accounts as the host has them, and which one to use for an address. */
import { SvelteMap } from 'svelte/reactivity';
import { assertNever } from '../../common/model/assert-never.ts';
import { accountFor, homeOf, type Account, type AccountSettings } from '../../common/model/account.ts';
import type { AddressOfRecord, Home } from '../../common/model/address-of-record.ts';
import type { Outcome } from '../../common/model/failure.ts';
import type { AccountId } from '../../common/model/ids.ts';
import type { HostConnection } from '../bridge/host-connection.svelte.ts';
import { Mirror } from './mirror.svelte.ts';

export class AccountsStore {
  readonly mirror: Mirror<'accounts'>;
  readonly #connection: HostConnection;
  readonly #byId = new SvelteMap<AccountId, Account>();

  readonly all = $derived([...this.#byId.values()]);
  readonly enabled = $derived(this.all.filter((account) => account.settings.enabled));

  constructor(connection: HostConnection) {
    this.#connection = connection;
    this.mirror = new Mirror(connection, {
      domain: 'accounts',
      adopt: (state) => {
        this.#byId.clear();
        for (const account of state.accounts) this.#byId.set(account.id, account);
      },
      apply: (event) => {
        switch (event.name) {
          case 'accounts.changed':
            this.#byId.set(event.payload.account.id, event.payload.account);
            return;
          case 'accounts.removed':
            this.#byId.delete(event.payload.accountId);
            return;
          default:
            assertNever(event);
        }
      },
    });
  }

  get(id: AccountId): Account | null {
    return this.#byId.get(id) ?? null;
  }

  /** The account that the host would take for somebody, or where it is not said for whom. */
  preferredFor(address: AddressOfRecord | null): Account | null {
    return accountFor(this.all, address, null);
  }

  /** Where a bare name or number belongs that is typed. */
  get home(): Home {
    return homeOf(this.preferredFor(null));
  }

  add(
    settings: AccountSettings,
    password: string,
    iceCredentials: Record<string, string> | null = null,
  ): Promise<Outcome<{ accountId: AccountId }>> {
    return this.#connection.ask.accounts.add({ settings, password, ...(iceCredentials === null ? {} : { iceCredentials }) });
  }

  /** What is null stays as it is. */
  update(
    accountId: AccountId,
    settings: AccountSettings,
    password: string | null,
    iceCredentials: Record<string, string> | null = null,
  ): Promise<Outcome<null>> {
    return this.#connection.ask.accounts.update({
      accountId,
      settings,
      ...(password === null ? {} : { password }),
      ...(iceCredentials === null ? {} : { iceCredentials }),
    });
  }

  remove(accountId: AccountId): Promise<Outcome<null>> {
    return this.#connection.ask.accounts.remove({ accountId });
  }

  register(accountId: AccountId): Promise<Outcome<null>> {
    return this.#connection.ask.accounts.register({ accountId });
  }

  setEnabled(accountId: AccountId, enabled: boolean): Promise<Outcome<null>> {
    return this.#connection.ask.accounts.setEnabled({ accountId, enabled });
  }
}
