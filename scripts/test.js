/**
 * `npm test`: everything. Installs from the lock, installs system packages on Debian as root (elsewhere it names
 * what is missing and fails), builds, and runs the checks and every kind of test; ends at the first that fails.
 */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ensureBuilt, ensureInstalled, fail, root, run, runtimeNode } from './runtime.js';

/** Debian package by a program or file that shows it is there. */
const SYSTEM = [
  ['kamailio', 'kamailio'],
  ['kamailio-websocket-modules', 'kamailio/modules/websocket.so'],
  ['kamailio-presence-modules', 'kamailio/modules/presence.so'],
  ['kamailio-sqlite-modules', 'kamailio/modules/db_sqlite.so'],
  ['kamailio-tls-modules', 'kamailio/modules/tls.so'],
  ['kamailio-extra-modules', 'kamailio/modules/msilo.so'],
  ['kamailio-utils-modules', 'kamailio/modules/utils.so'],
  ['sqlite3', 'sqlite3'],
  ['openssl', 'openssl'],
  ['baresip', 'baresip'],
  ['linphone-cli', 'lp-auto-answer'],
  ['sip-tester', 'sipp'],
  ['chromium', 'chromium'],
  ['xvfb', 'Xvfb'],
  ['dbus', 'dbus-daemon'],
  ['dbus-bin', 'dbus-send'],
  ['gnome-keyring', 'gnome-keyring-daemon'],
  ['xdg-utils', 'xdg-mime'],
  ['desktop-file-utils', 'desktop-file-validate'],
  ['appstream', 'appstreamcli'],
];
const LIBRARY_FOLDERS = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu'];

function isThere(mark) {
  if (mark.includes('/')) return LIBRARY_FOLDERS.some((folder) => existsSync(join(folder, mark)));
  return [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin'].some((folder) => existsSync(join(folder, mark)));
}

const missing = () => SYSTEM.filter(([, mark]) => !isThere(mark)).map(([name]) => name);

function ensureSystemPackages() {
  const wanted = missing();
  if (wanted.length === 0) return;
  const isDebianRoot = existsSync('/etc/debian_version') && process.getuid?.() === 0;
  if (!isDebianRoot)
    fail(
      `The tests need these Debian packages, which are not all here: ${wanted.join(' ')}.\nInstall them, or run npm test as root on Debian.`,
    );
  process.stdout.write(`Installing ${wanted.join(' ')}…\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  run('apt-get', ['update', '-qq'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  if (run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...wanted], { env, stdio: ['ignore', 'ignore', 'inherit'] }) !== 0)
    fail('The system packages could not be installed; why is above.');
  if (missing().length > 0) fail(`Still missing after the install: ${missing().join(' ')}.`);
}

const startedAt = Date.now();
ensureInstalled();
const node = runtimeNode();
ensureSystemPackages();

const steps = [
  ['check', () => run(node, ['scripts/check.js'])],
  ['build', () => (ensureBuilt(node), 0)],
  ['unit, protocol, contract, architecture', () => vitest('unit', 'protocol', 'contract', 'architecture')],
  ['attack', () => vitest('attack')],
  ['component', () => vitest('component')],
  ['packages', () => run(node, ['scripts/dist-check.ts'])],
  ['interop', () => vitest('interop')],
  ['end to end', () => run(node, ['node_modules/@playwright/test/cli.js', 'test'])],
];

function vitest(...projects) {
  return run(node, ['node_modules/vitest/vitest.mjs', 'run', ...projects.flatMap((project) => ['--project', project])]);
}

const passed = [];
for (const [name, step] of steps) {
  const from = Date.now();
  process.stdout.write(`\n── ${name}\n`);
  if (step() !== 0) {
    process.stdout.write(`\n${passed.length} passed, 1 failed\n`);
    fail(`Failed: ${name}.`);
  }
  passed.push(name);
  process.stdout.write(`── ${name}: ${((Date.now() - from) / 1000).toFixed(1)} s\n`);
}
process.stdout.write(
  `\nEverything passed in ${((Date.now() - startedAt) / 60_000).toFixed(1)} minutes (${root}).\n${passed.length} passed, 0 failed\n`,
);
