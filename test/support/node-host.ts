/** The built Node host as a process of its own, and a program that is signed in to it by its automation token. */
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { contract, type AhoyContract } from '../../common/contract/index.ts';
import { createClient, type Client } from '../../common/transport/client.ts';
import { startProgram, type ChildProgram } from './child-program.ts';
import { runtimeNode } from './runtime-node.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** Copies what is built into `folder`, so that a build meanwhile changes nothing; returns the host's entry there. */
export function copyBuild(folder: string): string {
  if (!existsSync(join(ROOT, 'out', 'main', 'node.js'))) throw new Error('Ahoy is not built: npm run build');
  mkdirSync(folder);
  cpSync(join(ROOT, 'out'), join(folder, 'out'), { recursive: true });
  cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  return join(folder, 'out', 'main', 'node.js');
}

/** Nobody is there to type a passphrase, and a test's machine has no keyring: the arguments that name a file with one. */
export function passphraseFor(profile: string): string[] {
  mkdirSync(profile, { recursive: true, mode: 0o700 });
  const file = join(profile, 'passphrase-of-the-test');
  writeFileSync(file, 'for tests alone', { mode: 0o600 });
  return ['--passphrase-file', file];
}

export function startNodeHostProcess(entry: string, profile: string, port: number): ChildProgram {
  return startProgram(runtimeNode, [entry, '--profile', profile, '--no-open', '--port', String(port), ...passphraseFor(profile)]);
}

/** A client of the host that runs with this profile. */
export async function connectProgram(profile: string, port: number): Promise<Client<AhoyContract>> {
  const token = readFileSync(join(profile, 'automation-token'), 'utf8').trim();
  const socket = new WebSocket(`ws://127.0.0.1:${port}/contract`, { headers: { authorization: `Bearer ${token}` } });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return createClient(
    contract,
    {
      send: (message) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
      },
      onMessage: (listener) => {
        socket.on('message', (frame: Buffer) => {
          listener(JSON.parse(frame.toString()));
        });
      },
      onClose: (listener) => {
        socket.on('error', () => undefined);
        socket.once('close', listener);
      },
      close: () => {
        socket.close();
      },
    },
    (what) => {
      throw new Error(what);
    },
  );
}
