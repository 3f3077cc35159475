/** People on disk. */
import type Database from 'better-sqlite3';
import { Person } from '../../common/model/person.ts';
import type { PeopleStore } from '../ports/history-store.ts';
import type { ReadableRows } from './readable-rows.ts';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly addresses: string;
  readonly favourite: number;
  readonly is_practice: number;
}

const toPerson = (row: Row): unknown => ({
  id: row.id,
  name: row.name,
  addresses: JSON.parse(row.addresses) as unknown,
  favourite: row.favourite === 1,
  isPractice: row.is_practice === 1,
});

export function createPeopleStore(database: Database.Database, rows: ReadableRows): PeopleStore {
  const all = database.prepare<[], Row>('SELECT * FROM person ORDER BY name');
  const upsert = database.prepare(
    `INSERT INTO person (id, name, addresses, favourite, is_practice) VALUES (@id, @name, @addresses, @favourite, @isPractice)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, addresses = excluded.addresses, favourite = excluded.favourite`,
  );
  const remove = database.prepare('DELETE FROM person WHERE id = ?');
  return {
    all: () => rows.all('person', Person, all.all(), toPerson),
    save(person: Person) {
      upsert.run({
        id: person.id,
        name: person.name,
        addresses: JSON.stringify(person.addresses),
        favourite: Number(person.favourite),
        isPractice: Number(person.isPractice),
      });
    },
    remove(id) {
      remove.run(id);
    },
  };
}
