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
import { createValueStore } from './value-store.ts';

/** Opens the store in `path`; made where there is none. */
export function openHistoryStore(path: string, clock: Clock): HistoryStore {
  const { database, movedAsidePath, close } = openDatabase(path, clock);
  return {
    accounts: guarded(createAccountStore(database)),
    messages: guarded(createMessageStore(database)),
    calls: guarded(createCallStore(database)),
    people: guarded(createPeopleStore(database)),
    values: guarded(createValueStore(database)),
    movedAsidePath,
    close,
  };
}
