/**
 * The history on disk: everything Ahoy keeps, in one SQLite file. Synchronous on purpose
 * (docs/decisions/0004): a MESSAGE is answered 200 only when it is committed. This room alone holds SQL.
 */
import type { Clock } from '../ports/clock.ts';
import type { HistoryStore } from '../ports/history-store.ts';
import { createAccountStore } from './account-store.ts';
import { createCallStore } from './call-store.ts';
import { openDatabase } from './database.ts';
import { guarded } from './guarded.ts';
import { createMessageStore } from './message-store.ts';
import { createPeopleStore } from './people-store.ts';
import { ReadableRows } from './readable-rows.ts';
import { keepReserve } from './reserve.ts';
import { createValueStore } from './value-store.ts';

/** Opens the store in `path`; made where there is none. */
export function openHistoryStore(path: string, clock: Clock): HistoryStore {
  const { database, movedAsidePath, close } = openDatabase(path, clock);
  const rows = new ReadableRows();
  return {
    accounts: guarded(createAccountStore(database, rows)),
    messages: guarded(createMessageStore(database, rows, keepReserve(`${path}.reserve`))),
    calls: guarded(createCallStore(database, rows)),
    people: guarded(createPeopleStore(database, rows)),
    values: guarded(createValueStore(database)),
    movedAsidePath,
    onUnreadable: (listener) => {
      rows.listen(listener);
    },
    close,
  };
}
