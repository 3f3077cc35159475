/** The people the user keeps: in memory for look-ups, on disk first for every change. */
import type { AddressOfRecord } from '../../common/model/address-of-record.ts';
import { failed, success, type Outcome } from '../../common/model/failure.ts';
import type { PersonId } from '../../common/model/ids.ts';
import { personWithAddress, type Person, type PersonDetails } from '../../common/model/person.ts';
import type { PeopleStore } from '../ports/history-store.ts';
import type { Random } from '../ports/random.ts';

export interface PeopleHooks {
  changed(person: Person): void;
  removed(personId: PersonId): void;
}

export interface People {
  all(): readonly Person[];
  withAddress(address: AddressOfRecord): Person | null;
  add(details: PersonDetails, isPractice?: boolean): Outcome<{ personId: PersonId }>;
  update(personId: PersonId, details: PersonDetails): Outcome<null>;
  remove(personId: PersonId): Outcome<null>;
}

export function createPeople(store: PeopleStore, random: Random, hooks: PeopleHooks): People {
  const people = new Map<PersonId, Person>(store.all().map((person) => [person.id, person]));

  function keep(person: Person): void {
    store.save(person);
    people.set(person.id, person);
    hooks.changed(person);
  }

  return {
    all: () => [...people.values()],
    withAddress: (address) => personWithAddress([...people.values()], address),
    add(details, isPractice = false) {
      const id = random.id() as PersonId;
      keep({ ...details, id, isPractice });
      return success({ personId: id });
    },
    update(personId, details) {
      const present = people.get(personId);
      if (!present) return failed('not-found');
      keep({ ...present, ...details });
      return success(null);
    },
    remove(personId) {
      if (!people.has(personId)) return failed('not-found');
      store.remove(personId);
      people.delete(personId);
      hooks.removed(personId);
      return success(null);
    },
  };
}
