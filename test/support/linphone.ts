/** Debian's linphone-daemon on loopback: liblinphone without a window, driven by lines of commands. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProgram } from './child-program.ts';
import { freePort } from './free-port.ts';

export interface LinphoneOptions {
  readonly user: string;
  readonly domain: string;
  readonly password: string;
  /** Of the server, which is its registrar and by which it routes all. */
  readonly port: number;
  readonly transport: 'udp' | 'tcp';
  /** The address it watches. */
  readonly friend: string;
}

export interface Linphone {
  /** What it answered to lines, and the events it told. */
  printed(): string;
  /** Its log, with what it knows of friends. */
  log(): string;
  say(line: string): void;
  stop(): Promise<void>;
}

export async function startLinphone(options: LinphoneOptions): Promise<Linphone> {
  const folder = mkdtempSync(join(tmpdir(), 'ahoy-linphone-'));
  const { user, domain, password, port, transport, friend } = options;
  const [sipPort, mediaPort] = [await freePort(), await freePort()];
  const server = `sip:127.0.0.1:${port};transport=${transport}`;
  const sections = {
    sip: {
      sip_port: transport === 'udp' ? sipPort : 0,
      sip_tcp_port: transport === 'tcp' ? sipPort : 0,
      sip_tls_port: 0,
      contact: `<sip:${user}@127.0.0.1>`,
      default_proxy: 0,
      guess_hostname: 0,
      register_only_when_network_is_up: 0,
      use_ipv6: 0,
    },
    rtp: { audio_rtp_port: mediaPort },
    video: { automatically_initiate: 0, automatically_accept: 0 },
    proxy_0: {
      reg_proxy: `<${server}>`,
      reg_route: `<${server};lr>`,
      reg_identity: `sip:${user}@${domain}`,
      reg_expires: 120,
      reg_sendregister: 1,
      publish: 1,
      publish_expires: 120,
    },
    auth_info_0: { username: user, passwd: password, realm: domain },
    friend_0: { url: `<${friend}>`, pol: 'accept', subscribe: 1 },
  };
  const lines = Object.entries(sections).flatMap(([name, section]) => [
    `[${name}]`,
    ...Object.entries(section).map(([key, value]) => `${key}=${value}`),
  ]);
  writeFileSync(join(folder, 'linphonerc'), `${lines.join('\n')}\n`);
  mkdirSync(join(folder, '.local', 'share', 'linphone'), { recursive: true });
  const logFile = join(folder, 'log');
  const program = startProgram('linphone-daemon', ['--config', join(folder, 'linphonerc'), '--log', logFile], {
    env: { PATH: process.env['PATH'], HOME: folder, LANG: 'C.UTF-8' },
  });
  return {
    printed: () => program.output(),
    log: () => (existsSync(logFile) ? readFileSync(logFile, 'utf8') : ''),
    say(line) {
      program.write(`${line}\n`);
    },
    async stop() {
      program.write('quit\n');
      await Promise.race([program.exited, new Promise((resolve) => setTimeout(resolve, 2_000).unref())]);
      await program.stop('SIGTERM', 1_000);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
