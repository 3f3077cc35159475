/** `npm run dist`: the packages for the present system, into release/. Needs Electron's runtime, which is downloaded. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, fail, root, runtimeNode } from './runtime.js';

const NOT_REACHED = /getaddrinfo|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ETIMEDOUT|EPROTO|fetch failed/;
/** What electron-builder was doing, by what it says when it could not go on. */
const TOOLS = [
  [/electron-v[\d.]+.*\.zip|downloading.*electron|@electron\/get/i, 'Electron'],
  [/fpm-/i, 'fpm, which makes deb and rpm'],
  [/appimage/i, 'the AppImage tools'],
  [/nsis/i, 'NSIS'],
];

ensureInstalled();
const node = runtimeNode();
ensureBuilt(node);

const LOG = join(root, 'release', 'dist.log');
mkdirSync(join(root, 'release'), { recursive: true });
const builder = join(root, 'node_modules', 'electron-builder', 'cli.js');
const result = spawnSync(node, [builder, '--config', 'electron-builder.config.ts', '--publish', 'never', ...process.argv.slice(2)], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 256 * 1024 * 1024,
});
const said = `${result.stdout}${result.stderr}`;
writeFileSync(LOG, said);
if (result.status === 0) {
  process.stdout.write(said);
  process.exit(0);
}
const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
if (NOT_REACHED.test(said)) {
  const [, missing] = TOOLS.find(([words]) => words.test(said)) ?? [null, 'Electron'];
  const what = missing === 'Electron' ? `Electron's runtime ${devDependencies.electron} for ${process.platform} ${process.arch}` : missing;
  fail(`No package was made: ${what} could not be downloaded (release/dist.log has the whole of it).`);
}
process.stderr.write(said.split('\n').slice(-25).join('\n'));
fail('No package was made; why is above, and the whole of it in release/dist.log.');
