/**
 * One process for each profile. The first writes its address into `node-host.json`; a second start finds it there,
 * asks it to come to the front and ends.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Holder {
  readonly pid: number;
  readonly port: number;
  /** What a second start shows to be of the same user. */
  readonly controlSecret: string;
}

export interface ProfileFiles {
  /** The port of the last run, or 0. */
  readonly lastPort: number;
  readonly controlSecret: string;
  /** What the secrets of signed-in browsers are made from; the same over restarts. */
  readonly pageSecret: string;
  /** For programs (docs/automation.md). */
  readonly automationToken: string;
  /** Writes a file of the profile, for its user alone. Throws where the disk refuses. */
  readonly keep: (name: string, content: string) => void;
  /** Writes down that this process answers on that port. */
  readonly hold: (port: number) => void;
  readonly release: () => void;
}

const HOLDER = 'node-host.json';

function writePrivately(path: string, content: string): void {
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, content, { mode: 0o600 });
  renameSync(temporary, path);
}

function keptSecret(profile: string, name: string): string {
  const path = join(profile, name);
  try {
    const kept = readFileSync(path, 'utf8').trim();
    if (/^[0-9a-f]{64}$/.test(kept)) return kept;
  } catch {
    // Made below.
  }
  const made = randomBytes(32).toString('hex');
  writePrivately(path, `${made}\n`);
  return made;
}

function readHolder(profile: string): Holder | null {
  try {
    const holder = JSON.parse(readFileSync(join(profile, HOLDER), 'utf8')) as Partial<Holder>;
    if (typeof holder.pid !== 'number' || typeof holder.port !== 'number' || typeof holder.controlSecret !== 'string') return null;
    return { pid: holder.pid, port: holder.port, controlSecret: holder.controlSecret };
  } catch {
    return null;
  }
}

export function openProfile(profile: string): ProfileFiles {
  mkdirSync(profile, { recursive: true, mode: 0o700 });
  chmodSync(profile, 0o700);
  const controlSecret = randomBytes(32).toString('hex');
  return {
    lastPort: readHolder(profile)?.port ?? 0,
    controlSecret,
    pageSecret: keptSecret(profile, 'page-secret'),
    automationToken: keptSecret(profile, 'automation-token'),
    keep(name, content) {
      writePrivately(join(profile, name), content);
    },
    hold(port) {
      writePrivately(join(profile, HOLDER), JSON.stringify({ pid: process.pid, port, controlSecret }));
    },
    release() {
      const holder = readHolder(profile);
      // The port is kept for the next start, the process is not.
      if (holder?.pid === process.pid) writePrivately(join(profile, HOLDER), JSON.stringify({ ...holder, pid: 0 }));
      rmSync(join(profile, LOCK), { force: true });
    },
  };
}

const LOCK = 'node-host.lock';
const CLAIM_TRIES = 30;
const CLAIM_PAUSE_MS = 100;

/** Whether the lock is ours now. One whose process is gone counts for nothing. */
function takeLock(profile: string): boolean {
  const path = join(profile, LOCK);
  for (let tries = 0; tries < 2; tries += 1) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx', mode: 0o600 });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    try {
      process.kill(Number(readFileSync(path, 'utf8')), 0);
      return false;
    } catch {
      rmSync(path, { force: true });
    }
  }
  return false;
}

/**
 * Makes the profile ours, or says who has it: of two first starts in the same moment one waits for the other to
 * start its server. A holder that answers to nobody for three seconds has lost it.
 */
export async function claimProfile(profile: string): Promise<{ readonly address: string | null } | 'ours'> {
  mkdirSync(profile, { recursive: true, mode: 0o700 });
  for (let tries = 0; tries < CLAIM_TRIES; tries += 1) {
    const held = await askHolder(profile);
    if (held !== 'none') return held;
    if (takeLock(profile)) return 'ours';
    await new Promise((resolve) => setTimeout(resolve, CLAIM_PAUSE_MS));
  }
  writeFileSync(join(profile, LOCK), String(process.pid), { mode: 0o600 });
  return 'ours';
}

/**
 * Asks the process that has this profile to come to the front. Resolves with the address it gives (null: it has
 * a window already), or with `none` where no process has the profile.
 */
async function askHolder(profile: string): Promise<{ readonly address: string | null } | 'none'> {
  const holder = readHolder(profile);
  if (!holder || holder.pid === 0 || holder.pid === process.pid) return 'none';
  try {
    process.kill(holder.pid, 0);
  } catch {
    return 'none';
  }
  try {
    const response = await fetch(`http://127.0.0.1:${holder.port}/front`, {
      method: 'POST',
      headers: { authorization: `Bearer ${holder.controlSecret}` },
      signal: AbortSignal.timeout(2_000),
    });
    if (!response.ok) return 'none';
    return (await response.json()) as { address: string | null };
  } catch {
    return 'none';
  }
}
