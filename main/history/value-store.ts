/** Small values by name, as JSON. What is unreadable counts as absent: its reader has a default. */
import type Database from 'better-sqlite3';
import type { ValueStore } from '../ports/history-store.ts';

export function createValueStore(database: Database.Database): ValueStore {
  const select = database.prepare<[string], { content: string }>('SELECT content FROM value WHERE name = ?');
  const upsert = database.prepare(
    'INSERT INTO value (name, content) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET content = excluded.content',
  );
  return {
    get(name) {
      const row = select.get(name);
      if (!row) return undefined;
      try {
        return JSON.parse(row.content) as unknown;
      } catch {
        return undefined;
      }
    },
    set(name, value) {
      upsert.run(name, JSON.stringify(value));
    },
  };
}
