/**
 * `npm run dist:check`: what can be proved of the packages without Electron's runtime, on any machine. Packs every target
 * around a stand-in and compares what is inside with what is listed. What that leaves open is in docs/packaging.md.
 */
import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, relative, sep } from 'node:path';
import { getRawHeader, listPackage, statFile } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import manifest from '../package.json' with { type: 'json' };
import { EXPLAINED, importsOf, inlineScripts, linksOf, runsText, unresolved } from './dist-code.ts';
import { PACKED, TARGETS, compare, resourcesOf, targetName, unpackedOf, type Target } from './dist-files.ts';
import { packagesInMap, readLicenceList } from './dist-licences.ts';
import { desktopFaults, fpmFaults, readFpmArguments } from './dist-linux.ts';
import { stubFiles } from './dist-stub.ts';
import { LINUX_SIZES } from './icon-list.ts';
import { layers } from './layers.ts';

const root = dirname(import.meta.dirname);
const MIB = 1024 * 1024;
const METAINFO = 'resources/build/org.ahoy.Ahoy.metainfo.xml';
const TEST_URL = 'https://updates.ahoy.invalid/';
const TOOLS: readonly (readonly [program: string, debian: string])[] = [
  ['desktop-file-validate', 'desktop-file-utils'],
  ['appstreamcli', 'appstream'],
];
const FUSES: readonly (readonly [fuse: FuseV1Options, isOn: boolean])[] = [
  [FuseV1Options.RunAsNode, false],
  [FuseV1Options.EnableCookieEncryption, true],
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable, false],
  [FuseV1Options.EnableNodeCliInspectArguments, false],
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, true],
  [FuseV1Options.OnlyLoadAppFromAsar, true],
  [FuseV1Options.GrantFileProtocolExtraPrivileges, false],
];
/** Written by a shell, so deb and rpm are not looked at on Windows. */
const FPM_SHIM = `#!/bin/sh
folder=$(mktemp -d "$AHOY_FPM_RECORD/XXXXXX")
previous=
for argument in "$@"; do
  printf '%s\\0' "$argument" >> "$folder/arguments"
  case "$argument" in *.desktop=*) cp "\${argument%%=*}" "$folder/ahoy.desktop" ;; esac
  if [ "$previous" = --package ]; then echo 'a stand-in' > "$argument"; fi
  previous=$argument
done
`;

/** Of one check; one mistake can mean a thousand. */
const SHOWN_FAULTS = 10;

const startedAt = Date.now();
const say = (line = ''): boolean => process.stdout.write(`${line}\n`);
const faults: string[] = [];
const passed: string[] = [];
function check(name: string, found: readonly string[]): void {
  if (found.length === 0) passed.push(name);
  else {
    faults.push(...found.slice(0, SHOWN_FAULTS).map((fault) => `${name}: ${fault}`));
    if (found.length > SHOWN_FAULTS) faults.push(`${name}: and ${found.length - SHOWN_FAULTS} more`);
  }
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

function isInstalled(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}

/** Runs a validator; what it says if it is not content. */
function validate(program: string, args: readonly string[], isContent: (said: string) => boolean = () => true): string[] {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  const said = `${stdout}${stderr}`.trim();
  return status === 0 && isContent(said) ? [] : [`${program}: ${said}`];
}

interface Packed {
  readonly target: Target;
  readonly folder: string;
  /** The packed program's folder; on a Mac Ahoy.app/Contents. */
  readonly program: string;
  readonly resources: string;
}

async function pack(target: Target, folder: string, updateUrl: string | null): Promise<Packed> {
  mkdirSync(join(folder, 'fpm'), { recursive: true });
  const shim = join(folder, 'fpm.sh');
  writeFileSync(shim, FPM_SHIM, { mode: 0o755 });
  const env: NodeJS.ProcessEnv = { ...process.env, CUSTOM_FPM_PATH: shim, AHOY_FPM_RECORD: join(folder, 'fpm') };
  delete env['AHOY_UPDATE_URL'];
  if (updateUrl !== null) env['AHOY_UPDATE_URL'] = updateUrl;
  const args = [join(root, 'scripts/dist-pack.ts'), target.platform, target.arch, folder];
  await new Promise<void>((resolve, reject) => {
    execFile(process.execPath, args, { cwd: root, env, maxBuffer: 64 * MIB }, (error, stdout, stderr) =>
      error ? reject(new Error(`${targetName(target)} could not be packed.\n${stdout}\n${stderr}`)) : resolve(),
    );
  });
  const release = join(folder, 'release');
  const unpacked = readdirSync(release, { withFileTypes: true }).find((entry) => entry.isDirectory());
  if (!unpacked) throw new Error(`${targetName(target)}: nothing was packed`);
  const isMac = target.platform === 'darwin';
  const program = join(release, unpacked.name, ...(isMac ? ['Ahoy.app', 'Contents'] : []));
  return { target, folder, program, resources: join(program, isMac ? 'Resources' : 'resources') };
}

interface Inside {
  readonly path: string;
  readonly bytes: number;
  readonly isUnpacked: boolean;
}

function readAsar({ resources }: Packed): Inside[] {
  const asar = join(resources, 'app.asar');
  return listPackage(asar, { isPack: false })
    .map((path) => path.split(sep).join('/').replace(/^\//, ''))
    .flatMap((path) => {
      const entry = statFile(asar, path);
      return 'size' in entry ? [{ path, bytes: entry.size, isUnpacked: 'unpacked' in entry && entry.unpacked }] : [];
    })
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

function listFaults(found: readonly string[], lines: readonly string[], where: string): string[] {
  const { unlisted, missing } = compare(found, lines);
  return [...unlisted.map((path) => `${where} has ${path}, which is not listed`), ...missing.map((line) => `${where} lacks ${line}`)];
}

function checkFiles(packed: Packed, inside: readonly Inside[]): void {
  const { target, program, resources } = packed;
  const name = targetName(target);
  check(
    `${name} asar`,
    listFaults(
      inside.map(({ path }) => path),
      [...PACKED, ...unpackedOf(target)],
      'app.asar',
    ),
  );
  const beside = inside.filter(({ isUnpacked }) => isUnpacked).map(({ path }) => path);
  check(`${name} native module unpacked`, [
    ...listFaults(beside, unpackedOf(target), 'app.asar.unpacked'),
    ...listFaults(filesIn(join(resources, 'app.asar.unpacked')), unpackedOf(target), 'the folder app.asar.unpacked'),
  ]);
  const runtime = [...stubFiles(target).keys()].map((path) => path.split('/').at(-1));
  const others = filesIn(resources).filter((path) => !path.startsWith('app.asar.unpacked/') && !path.endsWith('/locale.pak'));
  check(`${name} resources`, listFaults(others, resourcesOf(target), 'resources'));
  const renamed = ['ahoy', 'Ahoy.exe', 'Ahoy', 'LICENSE.electron.txt'];
  const outside = filesIn(program).filter((path) => !/^resources\//i.test(path) && !path.startsWith('Frameworks/Ahoy Helper'));
  check(
    `${name} around`,
    outside.filter((path) => ![...runtime, ...renamed].includes(path.split('/').at(-1) ?? '')).map((path) => `${path} came from nowhere`),
  );
}

async function checkFuses({ target, program }: Packed): Promise<void> {
  const path = { linux: join(program, 'ahoy'), win32: join(program, 'Ahoy.exe'), darwin: dirname(program) }[target.platform];
  const wire = await getCurrentFuseWire(path);
  check(
    `${targetName(target)} fuses`,
    FUSES.filter(([fuse, isOn]) => wire[fuse] !== (isOn ? FuseState.ENABLE : FuseState.DISABLE)).map(
      ([fuse, isOn]) => `${FuseV1Options[fuse]} is not ${isOn ? 'on' : 'off'}`,
    ),
  );
}

/** Electron compares the asar's header with a hash: in the program on Windows, in Info.plist on a Mac. */
function checkIntegrity({ target, program, resources }: Packed): void {
  if (target.platform === 'linux') return;
  const { headerString } = getRawHeader(join(resources, 'app.asar'));
  const hash = createHash('sha256').update(headerString).digest('hex');
  const holder = readFileSync(join(program, target.platform === 'win32' ? 'Ahoy.exe' : 'Info.plist'), 'latin1');
  check(`${targetName(target)} asar integrity`, holder.includes(hash) ? [] : ['the hash of app.asar is not in the program']);
}

function checkMac({ target, program }: Packed): void {
  if (target.platform !== 'darwin') return;
  const plist = readFileSync(join(program, 'Info.plist'), 'utf8');
  const wanted = ['sip', 'sips', 'tel', 'ahoy', 'org.ahoy.Ahoy', 'NSMicrophoneUsageDescription', 'NSCameraUsageDescription'];
  check(
    `${targetName(target)} Info.plist`,
    wanted.filter((text) => !plist.includes(`>${text}<`)).map((text) => `${text} is missing`),
  );
}

function readArguments(folder: string): string[] {
  return readFileSync(join(folder, 'arguments'), 'utf8').split('\0').slice(0, -1);
}

function checkLinux({ target, folder }: Packed): void {
  if (target.platform !== 'linux') return;
  const name = targetName(target);
  const desktops: [string, string, string][] = [['AppImage', join(folder, 'appimage/ahoy.desktop'), 'AppRun -- %U']];
  if (process.platform === 'win32') say(`${name}: deb and rpm are not looked at on Windows`);
  else {
    const records = readdirSync(join(folder, 'fpm')).map((each) => join(folder, 'fpm', each));
    const types: string[] = [];
    for (const record of records) {
      const request = readFpmArguments(readArguments(record));
      types.push(request.type);
      check(`${name} ${request.type}`, fpmFaults(request, target.arch, manifest.version, LINUX_SIZES));
      desktops.push([request.type, join(record, 'ahoy.desktop'), '/opt/Ahoy/ahoy -- %u']);
    }
    check(`${name} formats`, types.sort().join() === 'deb,rpm' ? [] : [`fpm was asked for ${types.join()}`]);
  }
  for (const [format, path, exec] of desktops)
    check(`${name} ${format} desktop file`, [
      ...desktopFaults(readFileSync(path, 'utf8'), exec),
      ...validate('desktop-file-validate', [path], (said) => said === ''),
    ]);
}

function checkSize({ target, resources }: Packed, inside: readonly Inside[]): number {
  const bytes = filesIn(resources)
    .filter((path) => !path.endsWith('/locale.pak'))
    .reduce((sum, path) => sum + statSync(join(resources, path)).size, 0);
  const mib = bytes / MIB;
  const isGood = mib <= target.budgetMiB && inside.length > 0;
  check(`${targetName(target)} size`, isGood ? [] : [`${mib.toFixed(2)} MiB, over the budget of ${target.budgetMiB} MiB`]);
  return mib;
}

/** The scripts and pages, which are the same in every package. */
function checkCode(inside: readonly Inside[]): void {
  const packed = new Set(inside.map(({ path }) => path));
  const scripts = [...packed].filter((path) => /\.c?js$/.test(path));
  const pages = [...packed].filter((path) => path.endsWith('.html'));
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');
  const runs = scripts.flatMap((path) => runsText(path, read(path)).map((run) => ({ path, ...run })));
  check(`no text is run as code, but for ${EXPLAINED.length} explained places (${scripts.length} scripts)`, [
    ...runs.filter(({ code }) => !EXPLAINED.some(([known]) => known === code)).map(({ path, line, code }) => `${path}:${line}: ${code}`),
    ...EXPLAINED.filter(([known]) => !runs.some(({ code }) => code === known)).map(([known]) => `${known} is explained, but nowhere`),
  ]);
  check(
    `no inline script (${pages.length} pages)`,
    pages.flatMap((path) => inlineScripts(read(path)).map((what) => `${path}: ${what}`)),
  );
  check('everything loaded is inside', [
    ...scripts.flatMap((path) => unresolved(path, importsOf(path, read(path)), packed).map((name) => `${path} loads ${name}`)),
    ...pages.flatMap((path) => unresolved(path, linksOf(read(path)), packed).map((name) => `${path} loads ${name}`)),
  ]);
}

function checkLicences({ resources }: Packed): void {
  const read = (name: string): string => readFileSync(join(resources, 'licenses', name), 'utf8');
  const lists = [read('core.md'), read('windows.md')].map(readLicenceList);
  const more = readLicenceList(read('more.md')).names;
  const named = new Set(lists.flatMap(({ names }) => names));
  const bundled = readdirSync(join(root, 'out/main'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.map'))
    .flatMap((path) => packagesInMap(readFileSync(join(root, 'out/main', path), 'utf8')));
  const outside = ['electron', 'better-sqlite3'];
  const allowed = layers.flatMap(({ packages }) => packages).filter((name) => name in manifest.devDependencies && !outside.includes(name));
  check('licences', [
    ...[...new Set([...bundled, ...allowed])].filter((name) => !named.has(name)).map((name) => `${name} is bundled, but in no list`),
    ...lists.flatMap(({ withoutText }) => withoutText.filter((name) => !more.includes(name)).map((name) => `${name} has no text`)),
    ...(read('ahoy.txt').includes('MIT License') ? [] : ["Ahoy's own licence is missing"]),
  ]);
}

function checkMetainfo(): void {
  const path = join(root, METAINFO);
  check('AppStream metainfo', [
    ...validate('appstreamcli', ['validate', '--no-net', '--no-color', path], (said) => !/^[EW]:/m.test(said)),
    ...(readFileSync(path, 'utf8').includes(`<release version="${manifest.version}"`) ? [] : [`no release ${manifest.version} in it`]),
  ]);
}

/** Off without an address, and with one everything that the updater looks for. */
function checkUpdates(without: readonly Packed[], withUrl: Packed): void {
  check(
    'no update address without AHOY_UPDATE_URL',
    without.filter(({ resources }) => existsSync(join(resources, 'app-update.yml'))).map(({ target }) => `${targetName(target)} has one`),
  );
  const update = join(withUrl.resources, 'app-update.yml');
  const text = existsSync(update) ? readFileSync(update, 'utf8') : '';
  const latest = process.platform === 'win32' || existsSync(join(withUrl.folder, 'release/latest-linux.yml'));
  check('update address with AHOY_UPDATE_URL', [
    ...(text.includes(TEST_URL) && text.includes('provider: generic') ? [] : ['app-update.yml does not name it']),
    ...(latest ? [] : ['latest-linux.yml was not written']),
  ]);
}

function printList(inside: readonly Inside[], before: readonly Inside[] | null): void {
  const line = ({ path, bytes, isUnpacked }: Inside): string =>
    `${String(bytes).padStart(9)}  ${path}${isUnpacked ? '  (beside the asar)' : ''}`;
  if (!before) {
    inside.forEach((each) => say(`  ${line(each)}`));
    return;
  }
  const has = (list: readonly Inside[], { path, bytes }: Inside): boolean =>
    list.some((each) => each.path === path && each.bytes === bytes);
  say('  as the first, except');
  before.filter((each) => !has(inside, each)).forEach((each) => say(`  - ${line(each)}`));
  inside.filter((each) => !has(before, each)).forEach((each) => say(`  + ${line(each)}`));
}

const absent = TOOLS.filter(([program]) => !isInstalled(program));
if (absent.length > 0) {
  say(`dist:check needs ${absent.map(([program, debian]) => `${program} (Debian: ${debian})`).join(' and ')}.`);
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), 'ahoy-dist-'));
try {
  // electron-builder checks the whole configuration against its schema before each of these.
  const jobs = [...TARGETS.map((target) => ({ target, url: null })), { target: TARGETS[0] as Target, url: TEST_URL }];
  const packs: Packed[] = [];
  for (let index = 0; index < jobs.length; index += 2)
    packs.push(
      ...(await Promise.all(
        jobs.slice(index, index + 2).map(({ target, url }, offset) => pack(target, join(folder, String(index + offset)), url)),
      )),
    );
  const withUrl = packs.at(-1) as Packed;
  const without = packs.slice(0, -1);
  check('configuration against its schema', []);

  let first: Inside[] | null = null;
  const sizes: string[] = [];
  for (const packed of without) {
    const inside = readAsar(packed);
    say(`\n── ${targetName(packed.target)}: ${inside.length} files`);
    printList(inside, first);
    checkFiles(packed, inside);
    await checkFuses(packed);
    checkIntegrity(packed);
    checkMac(packed);
    checkLinux(packed);
    const mib = checkSize(packed, inside);
    sizes.push(
      `${targetName(packed.target).padEnd(13)} ${mib.toFixed(2).padStart(6)} MiB of ${packed.target.budgetMiB} MiB, ${inside.length} files`,
    );
    if (!first) {
      first = inside;
      checkCode(inside);
      checkLicences(packed);
    }
  }
  checkMetainfo();
  checkUpdates(without, withUrl);
  say("\n── Ahoy's own part, without the runtime");
  sizes.forEach((line) => say(line));
} catch (error) {
  faults.push(error instanceof Error ? error.message : String(error));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

say(`\n── ${passed.length} checks passed, ${faults.length} faults (${((Date.now() - startedAt) / 1000).toFixed(0)} s)`);
passed.forEach((name) => say(`ok   ${name}`));
faults.forEach((fault) => say(`FAIL ${fault}`));
process.exit(faults.length === 0 ? 0 : 1);
