/**
 * Opens the one database file. A file that cannot be read is moved aside with its write-ahead log and a new one is
 * started: losing sight of old messages is bad, not starting at all is worse.
 */
import { chmodSync, closeSync, copyFileSync, existsSync, mkdirSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import type { Clock } from '../ports/clock.ts';
import { migrate } from './migrations.ts';

export interface OpenedDatabase {
  readonly database: Database.Database;
  /** Where an unreadable file was moved; null where the file was fine or new. */
  readonly movedAsidePath: string | null;
  /** Closes it and notes that it was closed in order. */
  readonly close: () => void;
}

/** Checking reads the whole file: always worth it below this size, above it only after an unclean end. */
const ALWAYS_CHECKED_BYTES = 64 * 1024 * 1024;

/**
 * WAL with synchronous=FULL: a committed message survives a crash of the process and of the machine, which
 * is what answering 200 to a MESSAGE promises (RFC 3428 §7).
 */
function open(path: string): Database.Database {
  const inUseMark = `${path}.in-use`;
  const wantsCheck = existsSync(path) && (existsSync(inUseMark) || statSync(path).size < ALWAYS_CHECKED_BYTES);
  keepPrivate(path);
  const database = new Database(path);
  try {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    database.pragma('busy_timeout = 2000');
    // What is removed leaves no readable trace in the file.
    database.pragma('secure_delete = ON');
    const verdict = wantsCheck ? database.pragma('quick_check(1)', { simple: true }) : 'ok';
    if (verdict !== 'ok') throw Object.assign(new Error(String(verdict)), { code: 'SQLITE_CORRUPT' });
    migrate(database);
    markInUse(inUseMark);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** For the user's eyes alone. SQLite gives its other files the mode of the first. */
function keepPrivate(path: string): void {
  try {
    closeSync(openSync(path, 'a', 0o600));
    for (const suffix of ['', '-wal', '-shm']) if (existsSync(path + suffix)) chmodSync(path + suffix, 0o600);
  } catch {
    // What is wrong with the disk is said when the file is opened.
  }
}

/** Without room for the mark the next start takes a longer look than it needs to, or none after an unclean end. */
function markInUse(path: string): void {
  try {
    closeSync(openSync(path, 'a', 0o600));
  } catch {
    // full or read-only: what can be read can be used
  }
}

const UNREADABLE = new Set(['SQLITE_CORRUPT', 'SQLITE_NOTADB']);

function isUnreadable(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && [...UNREADABLE].some((each) => code.startsWith(each));
}

/** Opens or makes the database at `path`. Throws where the disk itself refuses, or the schema is newer than we are. */
export function openDatabase(path: string, clock: Clock): OpenedDatabase {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const opened = (database: Database.Database, movedAsidePath: string | null): OpenedDatabase => ({
    database,
    movedAsidePath,
    close: () => {
      database.close();
      rmSync(`${path}.in-use`, { force: true });
    },
  });
  // SQLite drops a log that does not fit its file. It is there only after an unclean end, and small then.
  const keptLog = `${path}-wal-kept`;
  if (existsSync(`${path}-wal`)) keepLog(`${path}-wal`, keptLog);
  try {
    return opened(open(path), null);
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    const aside = freePath(path, clock.now());
    if (existsSync(path)) renameSync(path, aside);
    if (existsSync(keptLog)) renameSync(keptLog, `${aside}-wal`);
    for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
    return opened(open(path), aside);
  } finally {
    rmSync(keptLog, { force: true });
  }
}

/** A full disk has no room for a copy; that is no reason not to start, and what fits its file is read all the same. */
function keepLog(log: string, copy: string): void {
  try {
    copyFileSync(log, copy);
  } catch {
    rmSync(copy, { force: true });
  }
}

function freePath(path: string, nowMs: number): string {
  const stamp = new Date(nowMs).toISOString().slice(0, 19).replaceAll(':', '-');
  for (let count = 0; count < 1000; count += 1) {
    const candidate = join(dirname(path), `history-unreadable-${stamp}${count === 0 ? '' : `-${count}`}.sqlite`);
    if (!existsSync(candidate)) return candidate;
  }
  throw new Error('no free name for the unreadable database');
}
