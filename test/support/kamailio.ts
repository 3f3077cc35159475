/** Debian's Kamailio on loopback: registrar, proxy and presence server for interop and end-to-end tests. */
import { execFileSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TransportKind } from '../../common/model/account.ts';
import { startProgram, type ChildProgram } from './child-program.ts';
import { freePort } from './free-port.ts';

export interface Kamailio {
  readonly domain: string;
  readonly password: string;
  readonly ports: Readonly<Record<TransportKind, number>>;
  /** PEM file of the certificate authority that signed its certificate. */
  readonly certificateFile: string;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again on the same ports, with nothing remembered. */
  start(): Promise<void>;
  /** Bindings it has for a user now. */
  bindings(user: string): number;
  stop(): Promise<void>;
  readonly output: () => string;
}

const MODULE_FOLDERS = ['/usr/lib/x86_64-linux-gnu/kamailio/modules/', '/usr/lib/aarch64-linux-gnu/kamailio/modules/'];
const SCHEMAS = '/usr/share/kamailio/db_sqlite';
const DOMAIN = 'sip.test';
const PASSWORD = 'secret';

export async function startKamailio(): Promise<Kamailio> {
  const folder = mkdtempSync(join(tmpdir(), 'ahoy-kamailio-'));
  const base = await freePort(4);
  const ports = { udp: base, tcp: base, tls: base + 1, ws: base + 2, wss: base + 3 };
  const modules = MODULE_FOLDERS.find((each) => existsSync(each));
  if (modules === undefined) throw new Error('Kamailio is not installed: npm test installs it on Debian');

  const configuration = readFileSync(join(import.meta.dirname, 'kamailio', 'kamailio.cfg'), 'utf8')
    .replaceAll('RUNDIR', folder)
    .replaceAll('MODULES', modules)
    .replaceAll('PORT_SIP', String(ports.udp))
    .replaceAll('PORT_TLS', String(ports.tls))
    .replaceAll('PORT_WSS', String(ports.wss))
    .replaceAll('PORT_WS', String(ports.ws));
  writeFileSync(join(folder, 'kamailio.cfg'), configuration);
  const certificateFile = join(folder, 'certificate.pem');
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      join(folder, 'key.pem'),
      '-out',
      certificateFile,
      '-days',
      '30',
      '-subj',
      `/CN=${DOMAIN}`,
      '-addext',
      `subjectAltName=DNS:${DOMAIN},DNS:localhost,IP:127.0.0.1`,
    ],
    { stdio: 'ignore' },
  );
  const tls = `method = TLSv1.2+\nverify_certificate = no\nrequire_certificate = no\n`;
  writeFileSync(
    join(folder, 'tls.cfg'),
    `[server:default]\n${tls}private_key = ${folder}/key.pem\ncertificate = ${certificateFile}\n[client:default]\nverify_certificate = no\nrequire_certificate = no\n`,
  );

  let program: ChildProgram | null = null;

  function makeDatabase(): void {
    const database = join(folder, 'kam.db');
    rmSync(database, { force: true });
    for (const schema of ['standard', 'presence', 'msilo'])
      execFileSync('sqlite3', [database], { input: readFileSync(`${SCHEMAS}/${schema}-create.sql`) });
  }

  async function start(): Promise<void> {
    makeDatabase();
    program = startProgram(
      '/usr/sbin/kamailio',
      [
        '-f',
        join(folder, 'kamailio.cfg'),
        '-DD',
        '-E',
        '-P',
        join(folder, 'kam.pid'),
        '-w',
        folder,
        '-Y',
        folder,
        '-m',
        '256',
        '-M',
        '8',
        '-x',
        'fm',
        '-A',
        'WITH_TLS',
        '-A',
        'WITH_AUTH',
      ],
      { cwd: folder },
    );
    // The port opens before the workers answer.
    for (let tries = 0; tries < 100; tries += 1) if (await answersOptions(ports.udp)) return;
    throw new Error(`Kamailio does not answer:\n${program.output().slice(-4000)}`);
  }

  await start();
  return {
    domain: DOMAIN,
    password: PASSWORD,
    ports,
    certificateFile,
    start,
    async kill() {
      // Its children end with their parent's pipe; the group is its own.
      await program?.stop('SIGTERM', 3_000);
    },
    bindings(user) {
      const dump = execFileSync('kamcmd', ['-s', `unix:${folder}/kamailio_ctl`, 'ul.lookup', 'location', `${user}@${DOMAIN}`], {
        encoding: 'utf8',
      });
      return [...dump.matchAll(/Address:/g)].length;
    },
    async stop() {
      await program?.stop('SIGTERM', 3_000);
      rmSync(folder, { recursive: true, force: true });
    },
    output: () => program?.output() ?? '',
  };
}

function answersOptions(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const finish = (answered: boolean): void => {
      clearTimeout(timer);
      socket.close();
      resolve(answered);
    };
    const timer = setTimeout(() => {
      finish(false);
    }, 100);
    socket.on('error', () => undefined);
    socket.once('message', () => {
      finish(true);
    });
    socket.bind(0, '127.0.0.1', () => {
      const local = socket.address().port;
      socket.send(
        `OPTIONS sip:sip.test SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:${local};rport;branch=z9hG4bK${local}${Date.now()}\r\nMax-Forwards: 5\r\nFrom: <sip:ping@sip.test>;tag=${local}\r\nTo: <sip:sip.test>\r\nCall-ID: ping-${local}-${Date.now()}\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n`,
        port,
        '127.0.0.1',
      );
    });
  });
}
