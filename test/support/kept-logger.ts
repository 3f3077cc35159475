/** A log that keeps what was written, for tests to read. */
import type { Logger } from '../../main/ports/logger.ts';

export interface KeptLogger extends Logger {
  readonly lines: { level: string; message: string; details: unknown }[];
}

export function createKeptLogger(): KeptLogger {
  const lines: KeptLogger['lines'] = [];
  const keep = (level: string) => (message: string, details?: unknown) => {
    lines.push({ level, message, details });
  };
  return { lines, debug: keep('debug'), info: keep('info'), warn: keep('warn'), error: keep('error') };
}
