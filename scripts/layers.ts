/**
 * The rooms of the house and what each may import: the one table that the dependency check, its test and
 * docs/architecture.md (by hand) follow. A path ends with a slash unless it is one file.
 *
 * A folder of a room has a row of its own where it may less than the room.
 *
 * rooms: own rooms it may import besides itself. packages: from npm. node: Node's own modules allowed.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

interface Layer {
  readonly room: string;
  readonly rooms: readonly string[];
  readonly packages: readonly string[];
  readonly node: boolean;
}

/** What every folder of the SIP room may use of its root. */
const SIP_BASE = ['main/sip/capabilities.ts', 'main/sip/failure-mapping.ts', 'main/sip/times.ts', 'main/sip/jssip.d.ts'];

/** The folders of `main` that are no domains, or domains that need more than the others. */
const OTHER_ROOMS = new Set(['app', 'gateway', 'history', 'hosts', 'ports', 'presence', 'sip', 'subscriptions', 'system', 'voicemail']);

/** Any other folder of `main` is a domain, and may import the model and the ports alone. */
const DOMAINS: readonly string[] = readdirSync(join(import.meta.dirname, '..', 'main'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !OTHER_ROOMS.has(entry.name))
  .map(({ name }) => `main/${name}/`)
  .sort();

export const layers: readonly Layer[] = [
  { room: 'common/model/', rooms: [], packages: ['libphonenumber-js', 'valibot'], node: false },
  { room: 'common/contract/', rooms: ['common/model/'], packages: ['valibot'], node: false },
  { room: 'common/transport/', rooms: ['common/model/', 'common/contract/'], packages: ['birpc', 'valibot'], node: false },
  { room: 'common/text/', rooms: ['common/model/'], packages: [], node: false },
  { room: 'main/ports/', rooms: ['common/model/'], packages: [], node: false },
  ...DOMAINS.map((room): Layer => ({ room, rooms: ['common/model/', 'main/ports/'], packages: [], node: false })),
  { room: 'main/subscriptions/', rooms: ['common/model/', 'main/ports/'], packages: [], node: false },
  { room: 'main/presence/', rooms: ['common/model/', 'main/ports/', 'main/subscriptions/'], packages: ['saxes'], node: false },
  { room: 'main/voicemail/', rooms: ['common/model/', 'main/ports/', 'main/subscriptions/'], packages: [], node: false },
  { room: 'main/sip/', rooms: ['common/model/', 'main/ports/'], packages: ['jssip', 'ws'], node: true },
  // Within the room: text below, JsSIP in the middle, and the subjects above it beside each other.
  { room: 'main/sip/sockets/', rooms: ['common/model/', 'main/ports/', ...SIP_BASE], packages: ['ws'], node: true },
  {
    room: 'main/sip/wire/',
    rooms: ['common/model/', 'main/ports/', ...SIP_BASE, 'main/sip/sockets/'],
    packages: ['jssip'],
    node: true,
  },
  { room: 'main/sip/media-seam/', rooms: ['common/model/', 'main/ports/', ...SIP_BASE], packages: [], node: false },
  {
    room: 'main/sip/amendments/',
    rooms: ['common/model/', 'main/ports/', ...SIP_BASE, 'main/sip/wire/', 'main/sip/media-seam/'],
    packages: ['jssip'],
    node: true,
  },
  {
    room: 'main/sip/requests/',
    rooms: ['common/model/', 'main/ports/', ...SIP_BASE, 'main/sip/wire/'],
    packages: ['jssip'],
    node: false,
  },
  {
    room: 'main/sip/messages/',
    rooms: ['common/model/', 'main/ports/', ...SIP_BASE, 'main/sip/requests/'],
    packages: ['jssip'],
    node: false,
  },
  {
    room: 'main/sip/events/',
    rooms: ['common/model/', 'main/ports/', ...SIP_BASE, 'main/sip/requests/', 'main/sip/amendments/'],
    packages: ['jssip'],
    node: false,
  },
  {
    room: 'main/sip/sessions/',
    rooms: ['common/model/', 'main/ports/', ...SIP_BASE, 'main/sip/requests/', 'main/sip/media-seam/'],
    packages: ['jssip'],
    node: false,
  },
  { room: 'main/gateway/', rooms: ['main/ports/'], packages: ['werift'], node: true },
  { room: 'main/history/', rooms: ['common/model/', 'main/ports/'], packages: ['better-sqlite3', 'valibot'], node: true },
  { room: 'main/system/', rooms: ['common/model/', 'main/ports/'], packages: [], node: true },
  {
    room: 'main/app/',
    rooms: ['common/model/', 'common/contract/', 'common/transport/', 'main/ports/', ...DOMAINS, 'main/presence/', 'main/voicemail/'],
    packages: ['valibot'],
    node: false,
  },
  {
    room: 'main/hosts/electron/',
    rooms: ['common/', 'main/ports/', 'main/app/', 'main/system/'],
    packages: ['electron', 'electron-updater', 'valibot'],
    node: true,
  },
  {
    room: 'main/hosts/node/',
    rooms: ['common/', 'main/ports/', 'main/app/', 'main/system/'],
    packages: ['ws', '@napi-rs/keyring', 'valibot'],
    node: true,
  },
  { room: 'main/practice-adapter.ts', rooms: ['common/model/', 'main/ports/', 'practice/'], packages: [], node: false },
  { room: 'main/version.ts', rooms: ['package.json'], packages: [], node: false },
  {
    room: 'main/node.ts',
    rooms: [
      'main/app/',
      'main/gateway/',
      'main/history/',
      'main/hosts/node/',
      'main/practice-adapter.ts',
      'main/sip/',
      'main/system/',
      'main/version.ts',
    ],
    packages: [],
    node: true,
  },
  {
    room: 'main/electron.ts',
    rooms: [
      'main/app/',
      'main/gateway/',
      'main/history/',
      'main/hosts/electron/',
      'main/practice-adapter.ts',
      'main/sip/',
      'main/system/',
      'main/version.ts',
      'common/text/',
    ],
    packages: ['electron'],
    node: true,
  },
  { room: 'preload/', rooms: ['common/transport/'], packages: ['electron'], node: false },
  { room: 'practice/', rooms: ['common/model/'], packages: ['ws', 'werift'], node: true },
  { room: 'renderer/bridge/', rooms: ['common/'], packages: ['svelte', 'valibot'], node: false },
  { room: 'renderer/state/', rooms: ['common/', 'renderer/bridge/', 'common/text/'], packages: ['svelte'], node: false },
  { room: 'renderer/media/', rooms: ['common/', 'renderer/bridge/'], packages: ['svelte'], node: false },
  { room: 'renderer/ui/', rooms: [], packages: ['svelte', 'bits-ui', '@lucide/svelte', 'virtua'], node: false },
  {
    // Its sub-folders are features; one never imports a sibling (checked beside this table).
    room: 'renderer/features/',
    rooms: ['common/model/', 'common/contract/', 'common/text/', 'renderer/ui/', 'renderer/state/', 'renderer/media/'],
    packages: ['svelte', 'bits-ui', '@lucide/svelte', 'linkifyjs', 'virtua', 'valibot'],
    node: false,
  },
  {
    room: 'renderer/windows/',
    rooms: [
      'common/model/',
      'common/contract/',
      'common/text/',
      'renderer/ui/',
      'renderer/state/',
      'renderer/media/',
      'renderer/features/',
    ],
    packages: ['svelte', 'bits-ui', '@lucide/svelte'],
    node: false,
  },
  { room: 'renderer/index.ts', rooms: ['renderer/', 'common/'], packages: ['svelte'], node: false },
  { room: 'renderer/incoming.ts', rooms: ['renderer/', 'common/'], packages: ['svelte'], node: false },
  { room: 'renderer/dial.ts', rooms: ['renderer/', 'common/'], packages: ['svelte'], node: false },
  { room: 'renderer/call.ts', rooms: ['renderer/', 'common/'], packages: ['svelte', 'valibot'], node: false },
];

const escaped = (path: string): string => path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const anyOf = (paths: readonly string[]): string => `(?:${paths.map(escaped).join('|')})`;
/** Where npm's packages are found, `node_modules/name/`. */
const packagePattern = (names: readonly string[]): string => `(?:^|/)node_modules/${anyOf(names.map((name) => `${name}/`))}`;

interface Rule {
  readonly name: string;
  readonly severity: 'error';
  readonly from: object;
  readonly to: object;
}

/** The rules of dependency-cruiser that the table means. `base` is where the rooms are: '' in the project itself. */
export function dependencyRules(base = ''): Rule[] {
  const at = (path: string): string => `${base}${path}`;
  const rules: Rule[] = [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-sibling-features',
      severity: 'error',
      from: { path: `^${escaped(at('renderer/features/'))}([^/]+)/` },
      to: { path: `^${escaped(at('renderer/features/'))}`, pathNot: `^${escaped(at('renderer/features/'))}$1/` },
    },
    {
      name: 'every-file-in-a-room',
      severity: 'error',
      from: {
        path: `^${escaped(base)}(?:common|main|preload|practice|renderer)/`,
        pathNot: [`^${anyOf(layers.map(({ room }) => at(room)))}`, '\\.d\\.ts$', '\\.config\\.js$'],
      },
      to: {},
    },
  ];
  for (const { room, rooms, packages, node } of layers) {
    const from = { path: `^${escaped(at(room))}` };
    const own = [at(room), ...rooms.map(at)];
    rules.push({
      name: `rooms of ${room}`,
      severity: 'error',
      from,
      to: { path: `^${escaped(base)}(?:common|main|preload|practice|renderer|test|bench|scripts)/`, pathNot: `^${anyOf(own)}` },
    });
    rules.push({
      name: `packages of ${room}`,
      severity: 'error',
      from,
      to: { path: '(?:^|/)node_modules/', ...(packages.length === 0 ? {} : { pathNot: packagePattern(packages) }) },
    });
    if (!node) rules.push({ name: `no Node in ${room}`, severity: 'error', from, to: { dependencyTypes: ['core'] } });
  }
  return rules;
}
