/**
 * The log: one JSON object on each line of the profile's `log/ahoy.log`, redacted. The log of the run before is kept
 * as `.1`.
 */
import { createWriteStream, mkdirSync, renameSync, statSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import { redactDetails, redactText } from './redact.ts';

const LARGEST_FILE_BYTES = 4 * 1024 * 1024;
/** A disk that refused is tried again after this long. */
const TRY_AGAIN_MS = 60_000;

export interface FileLogger extends Logger {
  /** Resolves when what was logged is written. */
  close(): Promise<void>;
}

/** A disk that refuses the log is no reason to stop: lines are dropped then. */
export function createFileLogger(directory: string, clock: Clock): FileLogger {
  const path = join(directory, 'ahoy.log');
  let written = 0;
  let brokenAtMs: number | null = null;
  let stream = open();

  function open(): WriteStream {
    try {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      written = statSync(path).size;
      if (written > LARGEST_FILE_BYTES) {
        renameSync(path, `${path}.1`);
        written = 0;
      }
    } catch {
      written = 0;
    }
    brokenAtMs = null;
    const opened = createWriteStream(path, { flags: 'a', mode: 0o600 });
    opened.on('error', () => (brokenAtMs = clock.now()));
    return opened;
  }

  function write(level: string, message: string, details?: Readonly<Record<string, unknown>>): void {
    const line = JSON.stringify({
      at: new Date(clock.now()).toISOString(),
      level,
      message: redactText(message),
      ...(details === undefined ? {} : (redactDetails(details) as object)),
    });
    if (brokenAtMs !== null) {
      if (clock.now() - brokenAtMs < TRY_AGAIN_MS) return;
      stream = open();
    }
    written += line.length;
    stream.write(`${line}\n`);
    if (written <= LARGEST_FILE_BYTES) return;
    stream.end();
    stream = open();
  }

  return {
    debug: (message, details) => {
      write('debug', message, details);
    },
    info: (message, details) => {
      write('info', message, details);
    },
    warn: (message, details) => {
      write('warn', message, details);
    },
    error: (message, details) => {
      write('error', message, details);
    },
    close: () =>
      new Promise((resolve) => {
        // A stream that broke calls back with an error, one that was destroyed by it not at all.
        if (stream.destroyed) resolve();
        else
          stream.end(() => {
            resolve();
          });
      }),
  };
}
