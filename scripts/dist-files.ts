/**
 * What may be inside a package, listed by hand, and how large it may be. A line is a path; `[name]` stands for a chunk's
 * name and `[hash]` for its eight characters, and nothing stands for a folder, so a new file has to be added here.
 */
import { RUNTIME_PICTURES } from './icon-list.ts';

export interface Target {
  readonly platform: 'linux' | 'win32' | 'darwin';
  readonly arch: 'x64' | 'arm64';
  /** better-sqlite3's binaries inside; a Mac package is for both kinds of Mac. */
  readonly prebuilds: readonly string[];
  /** Ahoy's own part, without the runtime. */
  readonly budgetMiB: number;
}

export const TARGETS: readonly Target[] = [
  { platform: 'linux', arch: 'x64', prebuilds: ['linux-x64'], budgetMiB: 8 },
  { platform: 'linux', arch: 'arm64', prebuilds: ['linux-arm64'], budgetMiB: 8 },
  { platform: 'win32', arch: 'x64', prebuilds: ['win32-x64'], budgetMiB: 8 },
  { platform: 'win32', arch: 'arm64', prebuilds: ['win32-arm64'], budgetMiB: 8 },
  { platform: 'darwin', arch: 'x64', prebuilds: ['darwin-x64', 'darwin-arm64'], budgetMiB: 11 },
  { platform: 'darwin', arch: 'arm64', prebuilds: ['darwin-x64', 'darwin-arm64'], budgetMiB: 11 },
];

export const targetName = ({ platform, arch }: Target): string => `${platform}-${arch}`;

const SQLITE = 'node_modules/better-sqlite3';

/** Inside app.asar. */
export const PACKED: readonly string[] = [
  'package.json',
  'out/main/electron.js',
  'out/main/chunks/[name]-[hash].js',
  'out/preload/index.cjs',
  'out/renderer/index.html',
  'out/renderer/call.html',
  'out/renderer/dial.html',
  'out/renderer/incoming.html',
  'out/renderer/logo.svg',
  'out/renderer/assets/[name]-[hash].js',
  'out/renderer/assets/[name]-[hash].css',
  ...RUNTIME_PICTURES.map(({ path }) => path),
  `${SQLITE}/package.json`,
  `${SQLITE}/LICENSE`,
  `${SQLITE}/lib/binding.js`,
  `${SQLITE}/lib/database.js`,
  `${SQLITE}/lib/index.js`,
  `${SQLITE}/lib/sqlite-error.js`,
  `${SQLITE}/lib/util.js`,
  ...['aggregate', 'backup', 'explain', 'function', 'inspect', 'pragma', 'serialize', 'table', 'transaction', 'wrappers'].map(
    (name) => `${SQLITE}/lib/methods/${name}.js`,
  ),
];

/** Beside app.asar, since a system loads a native module only from a file. */
export const unpackedOf = ({ prebuilds }: Target): string[] => prebuilds.map((name) => `${SQLITE}/prebuilds/${name}.node`);

/** In the package's resources folder, beside what the runtime brings and what is unpacked. */
export const resourcesOf = ({ platform }: Pick<Target, 'platform'>): string[] => [
  'app.asar',
  'licenses/ahoy.txt',
  'licenses/better-sqlite3.txt',
  'licenses/core.md',
  'licenses/more.md',
  'licenses/windows.md',
  'updater.yml',
  'update-keys.pem',
  // Ubuntu forbids a program's own sandbox without it.
  ...(platform === 'linux' ? ['apparmor-profile'] : []),
  ...(platform === 'darwin' ? ['icon.icns'] : []),
];

const escaped = (text: string): string => text.replace(/[.*+?^${}()|\\]/g, '\\$&');

function matcher(line: string): RegExp {
  const source = escaped(line).replace('[name]', '[\\w.-]+').replace('[hash]', '[\\w-]{8}');
  return new RegExp(`^${source}$`);
}

export interface Difference {
  /** Inside, but on no line. */
  readonly unlisted: readonly string[];
  /** Lines that nothing inside fits. */
  readonly missing: readonly string[];
}

export function compare(found: readonly string[], lines: readonly string[]): Difference {
  const matchers = lines.map((line) => [line, matcher(line)] as const);
  return {
    unlisted: found.filter((path) => !matchers.some(([, expression]) => expression.test(path))),
    missing: matchers.filter(([, expression]) => !found.some((path) => expression.test(path))).map(([line]) => line),
  };
}
