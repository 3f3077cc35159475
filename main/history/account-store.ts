/** Accounts on disk: settings as JSON, checked when read. Passwords are elsewhere (port secret-store). */
import type Database from 'better-sqlite3';
import * as v from 'valibot';
import { AccountSettings } from '../../common/model/account.ts';
import type { AccountId } from '../../common/model/ids.ts';
import type { AccountRow, AccountStore } from '../ports/history-store.ts';

interface Row {
  readonly id: string;
  readonly settings: string;
  readonly has_password: number;
  readonly colour: number;
  readonly is_practice: number;
  readonly instance_id: string;
}

export function createAccountStore(database: Database.Database): AccountStore {
  const all = database.prepare<[], Row>('SELECT * FROM account ORDER BY position');
  const upsert = database.prepare(
    `INSERT INTO account (id, settings, has_password, colour, is_practice, instance_id, position)
     VALUES (@id, @settings, @hasPassword, @colour, @isPractice, @instanceId, (SELECT coalesce(max(position), 0) + 1 FROM account))
     ON CONFLICT (id) DO UPDATE SET settings = excluded.settings, has_password = excluded.has_password, colour = excluded.colour`,
  );
  const remove = database.prepare('DELETE FROM account WHERE id = ?');
  return {
    all: () =>
      all.all().map((row) => ({
        id: row.id as AccountId,
        settings: v.parse(AccountSettings, JSON.parse(row.settings)),
        hasPassword: row.has_password === 1,
        colour: row.colour,
        isPractice: row.is_practice === 1,
        instanceId: row.instance_id,
      })),
    save(row: AccountRow) {
      upsert.run({
        id: row.id,
        settings: JSON.stringify(row.settings),
        hasPassword: Number(row.hasPassword),
        colour: row.colour,
        isPractice: Number(row.isPractice),
        instanceId: row.instanceId,
      });
    },
    remove(id) {
      remove.run(id);
    },
  };
}
