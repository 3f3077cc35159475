/** Call records on disk. */
import type Database from 'better-sqlite3';
import { CallRecord } from '../../common/model/call.ts';
import type { CallStore } from '../ports/history-store.ts';
import type { ReadableRows } from './readable-rows.ts';

interface Row {
  readonly id: string;
  readonly account_id: string;
  readonly direction: string;
  readonly peer: string;
  readonly peer_display_name: string;
  readonly video: number;
  readonly outcome: string;
  readonly started_at_ms: number;
  readonly duration_ms: number;
  readonly failure: string | null;
  readonly unseen: number;
  readonly count: number;
  readonly several_callers: number;
}

function toRecord(row: Row): unknown {
  return {
    id: row.id,
    accountId: row.account_id,
    direction: row.direction,
    peer: row.peer,
    peerDisplayName: row.peer_display_name,
    video: row.video === 1,
    outcome: row.outcome,
    startedAtMs: row.started_at_ms,
    durationMs: row.duration_ms,
    failure: row.failure === null ? null : (JSON.parse(row.failure) as unknown),
    unseen: row.unseen === 1,
    count: row.count,
    severalCallers: row.several_callers === 1,
  };
}

/** Behind no record at all. */
const NEWEST = { startedAtMs: Number.MAX_SAFE_INTEGER, id: '' };

interface PageKeys {
  readonly startedAtMs: number;
  readonly id: string;
  readonly accountId: string | null;
  readonly peer: string | null;
  readonly rows: number;
}

export function createCallStore(database: Database.Database, readable: ReadableRows): CallStore {
  const insert = database.prepare(
    `INSERT OR REPLACE INTO call_record (id, account_id, direction, peer, peer_display_name, video, outcome, started_at_ms, duration_ms, failure, unseen, count, several_callers)
     VALUES (@id, @accountId, @direction, @peer, @peerDisplayName, @video, @outcome, @startedAtMs, @durationMs, @failure, @unseen, @count, @severalCallers)`,
  );
  const pageWhere = (condition: string) =>
    database.prepare<[PageKeys], Row>(
      `SELECT * FROM call_record WHERE (started_at_ms, id) < (@startedAtMs, @id) ${condition} ORDER BY started_at_ms DESC, id DESC LIMIT @rows`,
    );
  const WITH_PARTY = 'AND account_id = @accountId AND peer = @peer';
  const MISSED = "AND outcome = 'missed'";
  const ofEverybody = { all: pageWhere(''), missed: pageWhere(MISSED) };
  const ofOne = { all: pageWhere(WITH_PARTY), missed: pageWhere(`${WITH_PARTY} ${MISSED}`) };
  const countUnseen = database.prepare<[], { count: number }>('SELECT count(*) AS count FROM call_record WHERE unseen = 1');
  const see = database.prepare('UPDATE call_record SET unseen = 0 WHERE unseen = 1');
  const remove = database.prepare('DELETE FROM call_record WHERE id = ?');
  return {
    put(record) {
      insert.run({
        ...record,
        video: Number(record.video),
        failure: record.failure === null ? null : JSON.stringify(record.failure),
        unseen: Number(record.unseen),
        severalCallers: Number(record.severalCallers),
      });
    },
    page({ before, missedOnly, with: party, limit }) {
      const statements = party === null ? ofEverybody : ofOne;
      const rows = statements[missedOnly ? 'missed' : 'all'].all({
        startedAtMs: (before ?? NEWEST).startedAtMs,
        id: (before ?? NEWEST).id,
        accountId: party?.accountId ?? null,
        peer: party?.peer ?? null,
        rows: limit + 1,
      });
      return { records: readable.all('call', CallRecord, rows.slice(0, limit), toRecord), hasMore: rows.length > limit };
    },
    unseenMissedCount: () => countUnseen.get()?.count ?? 0,
    markSeen() {
      see.run();
    },
    remove(id) {
      remove.run(id);
    },
  };
}
