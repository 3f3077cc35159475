/**
 * The steps of the schema, one SQL file each, in the order of their numbers. A step that has run on any user's machine
 * is never edited: a change is a new step.
 */
import type Database from 'better-sqlite3';

const files = import.meta.glob<string>('./migrations/*.sql', { query: '?raw', import: 'default', eager: true });

export interface Migration {
  readonly number: number;
  readonly sql: string;
}

/** All steps, in order. Throws where numbers have a gap: a packaging defect. */
export function allMigrations(): readonly Migration[] {
  const migrations = Object.entries(files)
    .map(([path, sql]) => ({ number: Number(/(\d{4})-[^/]*\.sql$/.exec(path)?.[1]), sql }))
    .sort((a, b) => a.number - b.number);
  migrations.forEach((migration, index) => {
    if (migration.number !== index + 1) throw new Error(`migration ${index + 1} is missing`);
  });
  return migrations;
}

/** Brings a database to the newest schema, each step in a transaction of its own with its number. */
export function migrate(database: Database.Database, migrations: readonly Migration[] = allMigrations()): void {
  const present = Number(database.pragma('user_version', { simple: true }));
  if (present > migrations.length) throw new Error(`the database is of a newer Ahoy (schema ${present}, known ${migrations.length})`);
  for (const migration of migrations.slice(present)) {
    database.transaction(() => {
      database.exec(migration.sql);
      database.pragma(`user_version = ${migration.number}`);
    })();
  }
}
