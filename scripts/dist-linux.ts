/** What fpm is asked to make of a Linux package, read from its arguments, and what has to be in them. */
export interface FpmRequest {
  readonly type: string;
  readonly architecture: string;
  readonly depends: readonly string[];
  readonly options: ReadonlyMap<string, string>;
  /** From a path here to a path in the package. */
  readonly files: ReadonlyMap<string, string>;
}

const SHORT: Readonly<Record<string, string>> = { '-s': 'source', '-t': 'type', '-d': 'depends' };
const FLAGS = ['--force', '--debug'];

export function readFpmArguments(args: readonly string[]): FpmRequest {
  const options = new Map<string, string>();
  const files = new Map<string, string>();
  const depends: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index] ?? '';
    if (FLAGS.includes(argument)) continue;
    if (!argument.startsWith('-')) {
      const at = argument.lastIndexOf('=');
      if (at < 1) throw new Error(`fpm: what is ${argument}?`);
      files.set(argument.slice(0, at), argument.slice(at + 1));
      continue;
    }
    index += 1;
    const value = args[index] ?? '';
    const name = SHORT[argument] ?? argument.replace(/^--/, '');
    if (name === 'depends') depends.push(value);
    else options.set(name, value);
  }
  return { type: options.get('type') ?? '', architecture: options.get('architecture') ?? '', depends, options, files };
}

const ARCHITECTURES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  deb: { x64: 'amd64', arm64: 'arm64' },
  rpm: { x64: 'x86_64', arm64: 'aarch64' },
};
/** fpm writes amd64 as x86_64 into an rpm by itself. */
const SAME = ['amd64', 'x86_64'];

/** What is wrong with a request, in sentences; none if all is well. */
export function fpmFaults(request: FpmRequest, arch: 'x64' | 'arm64', version: string, iconSizes: readonly number[]): string[] {
  const faults: string[] = [];
  const want = (isTrue: boolean, sentence: string): void => {
    if (!isTrue) faults.push(`${request.type || 'fpm'}: ${sentence}`);
  };
  const architecture = ARCHITECTURES[request.type]?.[arch];
  want(
    request.architecture === architecture || (SAME.includes(request.architecture) && SAME.includes(architecture ?? '')),
    `architecture ${request.architecture}, not ${String(architecture)}`,
  );
  const wanted: Record<string, string> = {
    source: 'dir',
    name: 'ahoy',
    version,
    license: 'MIT',
    maintainer: 'The Ahoy authors <ahoy@ahoy.invalid>',
  };
  for (const [name, value] of Object.entries(wanted))
    want(request.options.get(name) === value, `${name} is ${String(request.options.get(name))}, not ${value}`);
  want(request.depends.length > 0, 'no dependencies');
  want(
    ['gtk', 'nss', 'asound'].every((part) => request.depends.some((each) => each.includes(part))),
    'gtk, nss or sound is no dependency',
  );
  const places = [...request.files.values()];
  for (const place of [
    '/opt/Ahoy',
    '/usr/share/applications/ahoy.desktop',
    '/usr/share/metainfo/org.ahoy.Ahoy.metainfo.xml',
    ...iconSizes.map((size) => `/usr/share/icons/hicolor/${size}x${size}/apps/ahoy.png`),
  ])
    want(places.includes(place), `nothing goes to ${place}`);
  want(places.length === 3 + iconSizes.length, `${places.length} places are written to, not ${3 + iconSizes.length}`);
  return faults;
}

const SCHEMES = ['sip', 'sips', 'tel', 'ahoy'];

/** What is wrong with a desktop file beyond what desktop-file-validate knows. */
export function desktopFaults(text: string, exec: string): string[] {
  const values = new Map(text.split('\n').map((line) => [line.split('=')[0] ?? '', line.slice(line.indexOf('=') + 1)]));
  const wanted: Record<string, string> = {
    Name: 'Ahoy',
    Exec: exec,
    Icon: 'ahoy',
    StartupWMClass: 'ahoy',
    MimeType: `${SCHEMES.map((scheme) => `x-scheme-handler/${scheme}`).join(';')};`,
  };
  return Object.entries(wanted)
    .filter(([name, value]) => values.get(name) !== value)
    .map(([name, value]) => `desktop file: ${name} is ${String(values.get(name))}, not ${value}`);
}
