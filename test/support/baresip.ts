/** Debian's baresip on loopback: a phone by another hand, without sound, driven over its control port. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProgram, type ChildProgram } from './child-program.ts';
import { freePort } from './free-port.ts';
import { shareOf, writeTone } from './tone-file.ts';

export interface BaresipOptions {
  readonly user: string;
  readonly domain: string;
  readonly password: string;
  /** Of the server, which is its registrar and its outbound proxy. */
  readonly port: number;
  readonly transport: 'udp' | 'tcp';
  /** The address it watches and writes to. */
  readonly contact: string;
  readonly answers?: 'manual' | 'auto';
  /** As it writes codecs; PCMU where none is said. */
  readonly codec?: string;
  /** Of media; none where none is said. */
  readonly encryption?: 'srtp-mand';
}

export interface Baresip {
  readonly program: ChildProgram;
  /** All it printed, without colours. */
  printed(): string;
  /** One of its commands; resolves with what it answers, without colours. */
  ask(command: string, parameters?: string): Promise<string>;
  /** How much of what it heard is that frequency, 0 to 1. */
  heard(hertz: number): number;
  stop(): Promise<void>;
}

/** What it sends in every call. */
export const TONE_HERTZ = 440;
const MODULES = '/usr/lib/baresip/modules';
// eslint-disable-next-line no-control-regex -- that is what colours are
const COLOUR = /\u001b\[[0-9;]*m/g;

export async function startBaresip(options: BaresipOptions): Promise<Baresip> {
  const folder = mkdtempSync(join(tmpdir(), 'ahoy-baresip-'));
  const [sipPort, controlPort, mediaPort] = [await freePort(), await freePort(), await freePort()];
  const { user, domain, password, port, transport, contact } = options;
  const configuration = [
    'poll_method epoll',
    `sip_listen 127.0.0.1:${sipPort}`,
    'net_interface 127.0.0.1',
    'call_local_timeout 60',
    `rtp_ports ${mediaPort}-${mediaPort + 20}`,
    `ctrl_tcp_listen 127.0.0.1:${controlPort}`,
    'audio_player aufile,/dev/null',
    `audio_source aufile,${join(folder, 'tone.wav')}`,
    'audio_alert aufile,/dev/null',
    `module_path ${MODULES}`,
    'module stdio.so',
    'module g711.so',
    'module g722.so',
    'module opus.so',
    'module srtp.so',
    'module aufile.so',
    'module sndfile.so',
    `snd_path ${folder}`,
    'module_tmp account.so',
    'module_app contact.so',
    'module_app presence.so',
    'module_app menu.so',
    'module_app ctrl_tcp.so',
    '',
  ];
  writeFileSync(join(folder, 'config'), configuration.join('\n'));
  const codec = options.codec ?? 'PCMU/8000/1';
  const [, rate, channels] = codec.split('/').map(Number);
  // Its source must have the codec's own rate and channels.
  writeTone(join(folder, 'tone.wav'), TONE_HERTZ, 60, rate, channels);
  const outbound = `sip:127.0.0.1:${port};transport=${transport}`;
  writeFileSync(
    join(folder, 'accounts'),
    `<sip:${user}@${domain};transport=${transport}>;auth_user=${user};auth_pass=${password};outbound="${outbound}";regint=60;pubint=60;answermode=${options.answers ?? 'manual'};audio_codecs=${codec}${options.encryption ? `;mediaenc=${options.encryption}` : ''}\n`,
  );
  writeFileSync(join(folder, 'contacts'), `"Peer" <${contact}>;presence=p2p\n`);
  writeFileSync(join(folder, 'uuid'), '7d8f4b4e-1a52-4d0c-9f3e-2c5a0f6b1d11');
  const program = startProgram('baresip', ['-f', folder, '-v']);
  await program.waitFor(/baresip is ready/);
  return {
    program,
    printed: () => program.output().replace(COLOUR, ''),
    ask: (command, parameters = '') => askOverControl(controlPort, command, parameters),
    heard: (hertz) =>
      Math.max(
        0,
        ...readdirSync(folder)
          .filter((name) => name.endsWith('-dec.wav'))
          .map((name) => shareOf(join(folder, name), hertz)),
      ),
    async stop() {
      await program.stop('SIGTERM', 3_000);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Netstrings of JSON: a command out, one response back, events between. */
function askOverControl(port: number, command: string, parameters: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const request = JSON.stringify({ command, params: parameters, token: '1' });
    let received = Buffer.alloc(0);
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new Error(`baresip did not answer ${command}: ${received.toString()}`));
    }, 5_000);
    socket.on('connect', () => {
      socket.write(`${Buffer.byteLength(request)}:${request},`);
    });
    socket.on('data', (more: Buffer) => {
      received = Buffer.concat([received, more]);
      // An event may stand on either side of the response, in the same piece.
      const response = netstrings(received).find((text) => text.startsWith('{"response":'));
      if (response === undefined) return;
      clearTimeout(timer);
      socket.destroy();
      const { ok, data } = JSON.parse(response) as { ok: boolean; data: string };
      if (ok) resolve(data.replace(COLOUR, ''));
      else reject(new Error(`baresip refused ${command}: ${data}`));
    });
    socket.on('error', reject);
  });
}

/** Those that are whole, `length:text,` one after the other. */
function netstrings(bytes: Buffer): string[] {
  const texts: string[] = [];
  for (let at = 0; ;) {
    const colon = bytes.indexOf(':', at);
    const length = colon === -1 ? Number.NaN : Number(bytes.toString('latin1', at, colon));
    if (!(colon + 1 + length < bytes.length)) return texts;
    texts.push(bytes.toString('utf8', colon + 1, colon + 1 + length));
    at = colon + length + 2;
  }
}
