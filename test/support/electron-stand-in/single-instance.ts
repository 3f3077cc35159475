/**
 * One instance a profile, as Chromium keeps it on Linux: a lock whose making is atomic and names the process, and a
 * socket to that process. A lock whose process is dead is taken over.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SecondInstance {
  readonly argv: string[];
  readonly cwd: string;
  readonly additionalData: unknown;
}

/** A Unix socket's path has 108 bytes at most. */
const LONGEST_SOCKET_PATH = 100;
const LARGEST_MESSAGE = 32 * 1024 * 1024;
const ATTEMPTS = 5;

let server: Server | null = null;
let files: string[] = [];

function socketPath(folder: string): string {
  const path = join(folder, 'SingletonSocket');
  if (path.length <= LONGEST_SOCKET_PATH) return path;
  return join(tmpdir(), `stand-in-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}.socket`);
}

export const hasLock = (): boolean => server !== null;

export function releaseLock(): void {
  server?.close();
  server = null;
  for (const file of files) rmSync(file, { force: true });
  files = [];
}

/** False when another living process has the lock; it was told then. */
export function takeLock(folder: string, additionalData: unknown, onSecond: (second: SecondInstance) => void): boolean {
  if (server) return true;
  const lock = join(folder, 'SingletonLock');
  const socket = socketPath(folder);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    try {
      symlinkSync(String(process.pid), lock);
    } catch {
      const holder = Number(readLink(lock));
      if (tell(socket, holder, { argv: process.argv, cwd: process.cwd(), additionalData })) return false;
      rmSync(lock, { force: true });
      continue;
    }
    rmSync(socket, { force: true });
    server = listen(socket, onSecond);
    files = [socket, lock];
    process.once('exit', releaseLock);
    return true;
  }
  return false;
}

function readLink(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

/** Whether the holder heard it. By a process of its own, since the answer is wanted before anything else runs. */
function tell(socket: string, holder: number, second: SecondInstance): boolean {
  const script = join(import.meta.dirname, 'tell-first-instance.js');
  const told = spawnSync(process.execPath, [script, socket, String(holder)], { input: JSON.stringify(second), timeout: 10_000 });
  return told.status === 0;
}

function listen(socket: string, onSecond: (second: SecondInstance) => void): Server {
  const listening = createServer((connection) => {
    let text = '';
    connection.setEncoding('utf8');
    connection.on('error', () => undefined);
    connection.on('data', (more: string) => {
      text += more;
      if (!text.endsWith('\n')) return;
      connection.end('heard\n');
      if (text.length <= LARGEST_MESSAGE) onSecond(JSON.parse(text) as SecondInstance);
    });
  });
  listening.on('error', (error) => {
    throw error;
  });
  listening.listen(socket);
  listening.unref();
  return listening;
}
