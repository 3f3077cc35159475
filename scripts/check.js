/** `npm run check`: format, lint, types of every room, Svelte, rooms, dead code. All run; any failure fails. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, root, runtimeNode } from './runtime.js';

ensureInstalled();
const node = runtimeNode();
const tsc = 'node_modules/@typescript/native/bin/tsc';

/** Each folder that says what may be known in it; the renderer is checked with Svelte's types. */
const rooms = ['common', 'main', 'preload', 'practice', 'test']
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true }).map((path) => `${folder}/${path.replaceAll('\\', '/')}`))
  .filter((path) => path.endsWith('/tsconfig.json') && !path.includes('/fixtures/'))
  .map((path) => path.slice(0, -'/tsconfig.json'.length))
  .sort();
const messages = [
  'node_modules/@inlang/paraglide-js/bin/run.js',
  'compile',
  '--project',
  'common/text/project.inlang',
  '--outdir',
  'common/text/generated',
  '--strategy',
  'baseLocale',
  '--emit-ts-declarations',
  '--silent',
];

/** Name, script with its arguments, and where it runs (svelte-check takes its own folder as the workspace). */
const checks = [
  ['messages', messages],
  ['format', ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.']],
  ['lint', ['node_modules/eslint/bin/eslint.js', '--max-warnings', '0', '.']],
  ...rooms.map((room) => [`types of ${room}`, [tsc, '-p', room]]),
  [
    'types of renderer',
    [`${root}/node_modules/svelte-check/bin/svelte-check`, '--tsconfig', './tsconfig.json', '--fail-on-warnings'],
    'renderer',
  ],
  [
    'rooms',
    [
      'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
      '--config',
      '.dependency-cruiser.js',
      'common',
      'main',
      'preload',
      'practice',
      'renderer',
    ],
  ],
  ['dead files, exports and dependencies', ['node_modules/knip/bin/knip.js']],
];

let failures = 0;
for (const [name, args, folder = '.'] of checks) {
  const from = Date.now();
  const result = spawnSync(node, args, { cwd: join(root, folder), encoding: 'utf8' });
  const isGood = result.status === 0;
  process.stdout.write(`${isGood ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - from) / 1000).toFixed(1)} s)\n`);
  if (isGood) continue;
  failures += 1;
  process.stdout.write(`${result.stdout}${result.stderr}\n`);
}
process.exit(failures === 0 ? 0 : 1);
