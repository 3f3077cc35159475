/**
 * Reads rows by their schema. A row that does not fit (a defect, another program, a bad disk) must not keep the others
 * from being read: it stays where it is, is left out, and is reported once.
 */
import * as v from 'valibot';
import type { RowKind, UnreadableRow } from '../ports/history-store.ts';

/** Of a table full of them the first ones are reported; more would say nothing new. */
const MOST_REPORTED = 1_000;

export class ReadableRows {
  private readonly reported = new Map<string, UnreadableRow>();
  private listener: (row: UnreadableRow) => void = () => undefined;

  /** What was found so far, then what is found later. */
  listen(listener: (row: UnreadableRow) => void): void {
    this.listener = listener;
    for (const row of this.reported.values()) listener(row);
  }

  /** The rows that fit; `make` may throw. */
  all<Row extends { readonly id: string }, Schema extends v.GenericSchema>(
    kind: RowKind,
    schema: Schema,
    rows: readonly Row[],
    make: (row: Row) => unknown,
  ): v.InferOutput<Schema>[] {
    return rows.flatMap((row) => {
      const read = this.one(kind, schema, row, make);
      return read === null ? [] : [read];
    });
  }

  /** The row as its schema says, or null where it does not fit. */
  one<Row extends { readonly id: string }, Schema extends v.GenericSchema>(
    kind: RowKind,
    schema: Schema,
    row: Row,
    make: (row: Row) => unknown,
  ): v.InferOutput<Schema> | null {
    try {
      return v.parse(schema, make(row));
    } catch (error) {
      this.leaveOut({ kind, id: row.id, problem: error instanceof Error ? error.message.slice(0, 200) : 'unreadable' });
      return null;
    }
  }

  private leaveOut(row: UnreadableRow): void {
    const key = `${row.kind} ${row.id}`;
    if (this.reported.has(key) || this.reported.size >= MOST_REPORTED) return;
    this.reported.set(key, row);
    this.listener(row);
  }
}
