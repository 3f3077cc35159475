/** The people the user keeps, and whose an address is. */
import { SvelteMap } from 'svelte/reactivity';
import { assertNever } from '../../common/model/assert-never.ts';
import type { AddressOfRecord } from '../../common/model/address-of-record.ts';
import type { Outcome } from '../../common/model/failure.ts';
import type { PersonId } from '../../common/model/ids.ts';
import type { Person, PersonDetails } from '../../common/model/person.ts';
import type { HostConnection } from '../bridge/host-connection.svelte.ts';
import { Mirror } from './mirror.svelte.ts';

export class PeopleStore {
  readonly mirror: Mirror<'people'>;
  readonly #connection: HostConnection;
  readonly #byId = new SvelteMap<PersonId, Person>();

  /** By name; favourites first. */
  readonly all = $derived(
    [...this.#byId.values()].sort((a, b) => Number(b.favourite) - Number(a.favourite) || a.name.localeCompare(b.name)),
  );
  readonly #byAddress = $derived(
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- replaced, never changed
    new Map(this.all.toReversed().flatMap((person) => person.addresses.map((each) => [plain(each.address), person] as const))),
  );

  constructor(connection: HostConnection) {
    this.#connection = connection;
    this.mirror = new Mirror(connection, {
      domain: 'people',
      adopt: (state) => {
        this.#byId.clear();
        for (const person of state.people) this.#byId.set(person.id, person);
      },
      apply: (event) => {
        switch (event.name) {
          case 'people.changed':
            this.#byId.set(event.payload.person.id, event.payload.person);
            return;
          case 'people.removed':
            this.#byId.delete(event.payload.personId);
            return;
          default:
            assertNever(event);
        }
      },
    });
  }

  get(id: PersonId): Person | null {
    return this.#byId.get(id) ?? null;
  }

  withAddress(address: AddressOfRecord): Person | null {
    return this.#byAddress.get(plain(address)) ?? null;
  }

  add(details: PersonDetails): Promise<Outcome<{ personId: PersonId }>> {
    return this.#connection.ask.people.add({ details });
  }

  update(personId: PersonId, details: PersonDetails): Promise<Outcome<null>> {
    return this.#connection.ask.people.update({ personId, details });
  }

  remove(personId: PersonId): Promise<Outcome<null>> {
    return this.#connection.ask.people.remove({ personId });
  }
}

function plain(address: AddressOfRecord): string {
  return address.slice(address.indexOf(':') + 1);
}
