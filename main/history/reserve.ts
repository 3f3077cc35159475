/**
 * A file that holds disk space in reserve. It is given up when the disk is full, which leaves enough room to record
 * how the messages under way ended; the next start creates it again.
 */
import { rmSync, statSync, writeFileSync } from 'node:fs';

const RESERVE_BYTES = 512 * 1024;

export interface Reserve {
  giveUp(): void;
}

export function keepReserve(path: string): Reserve {
  allocate(path);
  return {
    giveUp() {
      rmSync(path, { force: true });
    },
  };
}

function allocate(path: string): void {
  try {
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) === RESERVE_BYTES) return;
    writeFileSync(path, Buffer.alloc(RESERVE_BYTES, 'reserve '), { mode: 0o600 });
  } catch {
    // No room for it, or read-only: half a reserve would only take room from the rest.
    rmSync(path, { force: true });
  }
}
