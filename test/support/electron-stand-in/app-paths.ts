/** `app.getPath` and `setPath`, with Linux's places. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';

interface Manifest {
  readonly name?: string;
  readonly productName?: string;
  readonly version?: string;
  readonly desktopName?: string;
}

/** The folder of the package.json that the entry belongs to, as `electron .` would find it. */
export const appPath = findAppPath(process.argv[1] === undefined ? process.cwd() : dirname(process.argv[1]));
export const manifest = JSON.parse(readFileSync(join(appPath, 'package.json'), 'utf8')) as Manifest;

function findAppPath(folder: string): string {
  if (existsSync(join(folder, 'package.json')) || folder === dirname(folder)) return folder;
  return findAppPath(dirname(folder));
}

const home = homedir();
const config = process.env['XDG_CONFIG_HOME'] ?? join(home, '.config');
const set = new Map<string, string>();

const DEFAULTS: Readonly<Record<string, (name: string) => string>> = {
  home: () => home,
  appData: () => config,
  userData: () => join(tmpdir(), `stand-in-${String(process.getuid?.() ?? 0)}-${manifest.name ?? 'app'}`),
  sessionData: (name) => pathOf('userData', name),
  temp: () => tmpdir(),
  exe: () => process.execPath,
  module: () => process.execPath,
  assets: () => dirname(process.execPath),
  desktop: () => join(home, 'Desktop'),
  documents: () => join(home, 'Documents'),
  downloads: () => join(home, 'Downloads'),
  music: () => join(home, 'Music'),
  pictures: () => join(home, 'Pictures'),
  videos: () => join(home, 'Videos'),
  logs: (name) => join(pathOf('userData', name), 'logs'),
  crashDumps: (name) => join(pathOf('userData', name), 'Crashpad'),
};

export function pathOf(path: string, appName: string): string {
  const place = set.get(path) ?? DEFAULTS[path]?.(appName);
  if (place === undefined) throw new Error(`Failed to get '${path}' path`);
  if (path === 'userData' || path === 'logs') mkdirSync(place, { recursive: true });
  return place;
}

export function setPath(path: string, place: string): void {
  if (!(path in DEFAULTS)) throw new Error(`Failed to set path: '${path}' is not a path of app.getPath`);
  if (!isAbsolute(place)) throw new Error('Path must be absolute');
  if (!existsSync(place)) throw new Error(`Failed to set path: there is no ${place}`);
  set.set(path, place);
}
