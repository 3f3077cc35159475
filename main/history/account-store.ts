/**
 * Accounts on disk: settings as JSON, checked when they are read. A setting that does not fit (an older Ahoy accepted
 * it) is named and set to its default, so that the account can still be shown and corrected. Passwords are elsewhere
 * (port secret-store).
 */
import type Database from 'better-sqlite3';
import * as v from 'valibot';
import { AccountSettings, AccountColour } from '../../common/model/account.ts';
import { AccountId } from '../../common/model/ids.ts';
import type { AccountRow, AccountStore } from '../ports/history-store.ts';
import type { ReadableRows } from './readable-rows.ts';

interface Row {
  readonly id: string;
  readonly settings: string;
  readonly has_password: number;
  readonly colour: number;
  readonly is_practice: number;
  readonly instance_id: string;
}

const ReadRow = v.strictObject({
  id: AccountId,
  settings: AccountSettings,
  hasPassword: v.boolean(),
  colour: AccountColour,
  isPractice: v.boolean(),
  instanceId: v.string(),
  unusableSettings: v.array(v.string()),
});

const toRow = (row: Row): unknown => ({
  id: row.id,
  ...readSettings(JSON.parse(row.settings)),
  hasPassword: row.has_password === 1,
  colour: row.colour,
  isPractice: row.is_practice === 1,
  instanceId: row.instance_id,
});

/** The settings without those that do not fit, which are named. */
function readSettings(written: unknown): { readonly settings: unknown; readonly unusableSettings: readonly string[] } {
  const whole = v.safeParse(AccountSettings, written);
  if (whole.success || typeof written !== 'object' || written === null) return { settings: written, unusableSettings: [] };
  const wrong = new Set(whole.issues.map((issue) => String(issue.path?.[0]?.key)));
  return {
    settings: Object.fromEntries(Object.entries(written).filter(([name]) => !wrong.has(name))),
    // What a newer Ahoy wrote beside ours is not missed.
    unusableSettings: [...wrong].filter((name) => name in AccountSettings.entries),
  };
}

export function createAccountStore(database: Database.Database, rows: ReadableRows): AccountStore {
  const all = database.prepare<[], Row>('SELECT * FROM account ORDER BY position');
  const upsert = database.prepare(
    `INSERT INTO account (id, settings, has_password, colour, is_practice, instance_id, position)
     VALUES (@id, @settings, @hasPassword, @colour, @isPractice, @instanceId, (SELECT coalesce(max(position), 0) + 1 FROM account))
     ON CONFLICT (id) DO UPDATE SET settings = excluded.settings, has_password = excluded.has_password, colour = excluded.colour`,
  );
  const remove = database.prepare('DELETE FROM account WHERE id = ?');
  return {
    all: () => rows.all('account', ReadRow, all.all(), toRow),
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
