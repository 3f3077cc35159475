/**
 * The built Node host as a process, and a program of the same computer that means it ill: it stays up, it serves its
 * page, and nothing is kept that was refused.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { ChildProgram } from '../support/child-program.ts';
import { connectProgram, passphraseFor, startNodeHostProcess } from '../support/node-host.ts';
import { freePort } from '../support/free-port.ts';
import { runtimeNode } from '../support/runtime-node.ts';
import { seededFractions } from '../support/seeded-fractions.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ENTRY = join(import.meta.dirname, '..', '..', 'out', 'main', 'node.js');

async function startHost() {
  const profile = join(temporaryFolder(), 'profile');
  const port = await freePort();
  const host = startNodeHostProcess(ENTRY, profile, port);
  onTestFinished(() => host.stop('SIGKILL').then(() => undefined));
  await host.waitFor(/Ahoy is at (http\S+)/);
  return { host, profile, port };
}

const servesPage = async (port: number): Promise<number> => (await fetch(`http://127.0.0.1:${port}/`)).status;

const isRunning = (host: ChildProgram): Promise<boolean> => Promise.race([host.exited.then(() => false), Promise.resolve(true)]);

/** Sends bytes; resolves when the server closed the connection, or after a moment. */
function throwAt(port: number, bytes: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write(bytes));
    const timer = setTimeout(() => socket.destroy(), 300);
    socket.on('error', () => undefined);
    socket.on('data', () => socket.destroy());
    socket.on('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

it('Requests and upgrades of every odd shape, by nobody and by a foreign page, end nothing', async () => {
  const { host, port } = await startHost();
  const fraction = seededFractions(7);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(fraction() * from.length)]!;
  const targets = [
    '//[',
    'http://[',
    '//:99999999',
    'http://a:b',
    '*',
    '/',
    '/contract',
    '/?token=x',
    '/front',
    '/%',
    '/\u0000',
    '/../x',
    'a:b',
  ];
  const hosts = [`127.0.0.1:${port}`, 'evil.example', '', '[', `localhost:${port}`];
  for (let round = 0; round < 20; round += 1)
    await Promise.all(
      Array.from({ length: 25 }, () => {
        const upgrade =
          fraction() < 0.5 ? 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n' : '';
        const origin = fraction() < 0.5 ? `Origin: ${pick(['http://evil.example', `http://127.0.0.1:${port}`, 'null', '['])}\r\n` : '';
        const method = pick(['GET', 'POST', 'OPTIONS', 'HEAD', 'PUT', 'CONNECT', 'TRACE', 'x']);
        return throwAt(
          port,
          `${method} ${pick(targets)} HTTP/1.1\r\nHost: ${pick(hosts)}\r\n${origin}${upgrade}\r\n${pick(['', '\u0081\u00fe', 'x'.repeat(2_000)])}`,
        );
      }),
    );
  expect(await isRunning(host)).toBe(true);
  expect(await servesPage(port)).toBe(200);
});

it('The files of the profile are for its user alone', async () => {
  const { host, profile, port } = await startHost();
  const client = await connectProgram(profile, port);
  expect((await client.snapshot('host')).ok).toBe(true);
  expect(await isRunning(host)).toBe(true);
  for (const name of ['history.sqlite', 'history.sqlite-wal', 'automation-token', 'page-secret', 'node-host.json'])
    expect([name, (statSync(join(profile, name)).mode & 0o777).toString(8)]).toEqual([name, '600']);
});

it('Out of descriptors it goes on, and serves again when there are some', async () => {
  const profile = join(temporaryFolder(), 'profile');
  mkdirSync(profile, { recursive: true });
  const port = await freePort();
  const child = spawn(
    'sh',
    [
      '-c',
      `ulimit -n 48; exec "$0" "$@"`,
      runtimeNode,
      ENTRY,
      '--profile',
      profile,
      '--no-open',
      '--port',
      String(port),
      ...passphraseFor(profile),
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout.on('data', (more: Buffer) => (output += more.toString()));
  child.stderr.on('data', (more: Buffer) => (output += more.toString()));
  await expect.poll(() => output, { timeout: 20_000 }).toContain('Ahoy is at');
  // Started as a whole: what is loaded later needs descriptors of its own.
  const client = await connectProgram(profile, port);
  await expect.poll(async () => (await client.snapshot('practice')).ok).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const sockets = Array.from({ length: 100 }, () => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.on('error', () => undefined);
    return socket;
  });
  // Longer than the network watch waits between two looks, which cannot look then.
  await new Promise((resolve) => setTimeout(resolve, 4_500));
  expect([child.exitCode, output.includes('made a mistake')]).toEqual([null, false]);
  for (const socket of sockets) socket.destroy();
  await expect.poll(() => servesPage(port).catch(() => 0), { timeout: 20_000 }).toBe(200);
});
