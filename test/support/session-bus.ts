/**
 * A session bus of its own (Debian's dbus-daemon), on which somebody has the name of the StatusNotifierWatcher, as
 * on a desktop that shows tray icons. The owner is the least a D-Bus client can be: it says hello and keeps a name.
 */
import { connect, type Socket } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProgram } from './child-program.ts';

export interface SessionBus {
  /** For the environment of a program, DBUS_SESSION_BUS_ADDRESS. */
  readonly address: string;
  stop(): Promise<void>;
}

const WATCHER = 'org.kde.StatusNotifierWatcher';
const BUS = 'org.freedesktop.DBus';
const METHOD_CALL = 1;
const HEADER = { path: 1, interface: 2, member: 3, destination: 6, signature: 8 } as const;

/** D-Bus Specification, "Message Format": little endian, values aligned to their size. */
class Bytes {
  #parts: number[] = [];
  align(to: number): this {
    while (this.#parts.length % to !== 0) this.#parts.push(0);
    return this;
  }
  byte(value: number): this {
    this.#parts.push(value);
    return this;
  }
  uint32(value: number): this {
    this.align(4).#parts.push(value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff, (value >> 24) & 0xff);
    return this;
  }
  string(text: string): this {
    this.uint32(Buffer.byteLength(text)).#parts.push(...Buffer.from(text), 0);
    return this;
  }
  signature(text: string): this {
    this.byte(text.length).#parts.push(...Buffer.from(text), 0);
    return this;
  }
  toBuffer(): Buffer {
    return Buffer.from(this.#parts);
  }
}

function call(serial: number, member: string, signature: string, body: Buffer): Buffer {
  const fields = new Bytes();
  const field = (code: number, type: string, value: string): void => {
    fields.align(8).byte(code).signature(type);
    if (type === 'g') fields.signature(value);
    else fields.string(value);
  };
  field(HEADER.path, 'o', '/org/freedesktop/DBus');
  field(HEADER.interface, 's', BUS);
  field(HEADER.member, 's', member);
  field(HEADER.destination, 's', BUS);
  if (signature) field(HEADER.signature, 'g', signature);
  const header = fields.toBuffer();
  const start = new Bytes()
    .byte('l'.charCodeAt(0))
    .byte(METHOD_CALL)
    .byte(0)
    .byte(1)
    .uint32(body.length)
    .uint32(serial)
    .uint32(header.length);
  const whole = Buffer.concat([start.toBuffer(), header]);
  return Buffer.concat([whole, Buffer.alloc((8 - (whole.length % 8)) % 8), body]);
}

async function ownName(path: string, name: string): Promise<Socket> {
  const socket = connect(path);
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  const answer = (): Promise<Buffer> => new Promise((resolve) => socket.once('data', resolve));
  socket.write(`\0AUTH EXTERNAL ${Buffer.from(String(process.getuid?.() ?? 0)).toString('hex')}\r\n`);
  const accepted = (await answer()).toString();
  if (!accepted.startsWith('OK')) throw new Error(`the bus refused us: ${accepted}`);
  socket.write('BEGIN\r\n');
  socket.write(call(1, 'Hello', '', Buffer.alloc(0)));
  await answer();
  socket.write(call(2, 'RequestName', 'su', new Bytes().string(name).uint32(0).toBuffer()));
  await answer();
  socket.resume();
  return socket;
}

/** `hasTray` false: a bus on which nobody shows tray icons. */
export async function startSessionBus(hasTray = true): Promise<SessionBus> {
  const folder = mkdtempSync(join(tmpdir(), 'ahoy-bus-'));
  const path = join(folder, 'bus');
  const program = startProgram('dbus-daemon', ['--session', '--nofork', '--nopidfile', `--address=unix:path=${path}`, '--print-address=1']);
  await program.waitFor(/unix:path=\S+/);
  const owner = hasTray ? await ownName(path, WATCHER) : null;
  return {
    address: `unix:path=${path}`,
    async stop() {
      owner?.destroy();
      await program.stop('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
