/**
 * A stand-in for the Electron runtime: the files that electron-builder touches, with the fuses of a fresh Electron in the
 * program. It lets everything around the runtime be packed on any machine; the result does not run.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Target } from './dist-files.ts';

/** As electron-builder's own, so that what it reads is what this writes. */
const requireFromBuilder = createRequire(createRequire(import.meta.url).resolve('app-builder-lib'));

const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSE_VERSION = 1;
/** Node, cookies, NODE_OPTIONS, --inspect, asar integrity, only asar, own snapshot, file:, WebAssembly. */
const FRESH_FUSES = '101100011';

function fuses(): Buffer {
  return Buffer.concat([Buffer.from(SENTINEL), Buffer.from([FUSE_VERSION, FRESH_FUSES.length]), Buffer.from(FRESH_FUSES)]);
}

const ELF = Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]), Buffer.alloc(57), fuses(), Buffer.alloc(64)]);
const MACH_O = Buffer.concat([Buffer.from([0xcf, 0xfa, 0xed, 0xfe]), Buffer.alloc(60), fuses(), Buffer.alloc(64)]);

interface Resedit {
  readonly NtExecutable: { createEmpty(is32Bit: boolean, isDll: boolean): { setExtraData(data: Buffer): void; generate(): ArrayBuffer } };
  readonly NtExecutableResource: { from(executable: object): { readonly entries: unknown[]; outputResource(executable: object): void } };
  readonly Resource: {
    readonly VersionInfo: {
      createEmpty(): {
        setStringValues(language: object, values: Record<string, string>): void;
        outputToResourceEntries(entries: unknown[]): void;
      };
    };
  };
}

/** A Windows program with a version in it, as electron-builder wants to edit one. */
function portableExecutable(): Buffer {
  const { NtExecutable, NtExecutableResource, Resource } = requireFromBuilder('resedit') as Resedit;
  const executable = NtExecutable.createEmpty(false, false);
  const resources = NtExecutableResource.from(executable);
  const version = Resource.VersionInfo.createEmpty();
  version.setStringValues({ lang: 0x409, codepage: 1200 }, { ProductName: 'Electron', FileDescription: 'Electron' });
  version.outputToResourceEntries(resources.entries);
  resources.outputResource(executable);
  // Behind the last section, which every later editing of the resources keeps.
  executable.setExtraData(fuses());
  return Buffer.from(executable.generate());
}

function infoPlist(name: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
<key>CFBundleExecutable</key><string>${name}</string>
<key>CFBundleIdentifier</key><string>com.github.Electron</string>
<key>CFBundlePackageType</key><string>APPL</string>
</dict></plist>
`;
}

/** The stand-in's files by path. */
export function stubFiles({ platform }: Pick<Target, 'platform'>): Map<string, Buffer | string> {
  const licences: [string, string][] = [
    ['LICENSE', 'a stand-in\n'],
    ['LICENSES.chromium.html', '<p>a stand-in</p>\n'],
    ['version', '0.0.0\n'],
  ];
  if (platform === 'darwin') {
    const app = 'Electron.app/Contents';
    const helpers = ['Electron Helper', 'Electron Helper (GPU)', 'Electron Helper (Plugin)', 'Electron Helper (Renderer)'];
    return new Map<string, Buffer | string>([
      ...licences,
      [`${app}/Info.plist`, infoPlist('Electron')],
      [`${app}/MacOS/Electron`, MACH_O],
      [`${app}/Resources/en.lproj/locale.pak`, ''],
      [`${app}/Frameworks/Electron Framework.framework/Electron Framework`, MACH_O],
      [`${app}/Frameworks/Electron Framework.framework/Versions/A/Resources/en.lproj/locale.pak`, ''],
      ...helpers.flatMap((helper): [string, Buffer | string][] => [
        [`${app}/Frameworks/${helper}.app/Contents/Info.plist`, infoPlist(helper)],
        [`${app}/Frameworks/${helper}.app/Contents/MacOS/${helper}`, MACH_O],
      ]),
    ]);
  }
  return new Map<string, Buffer | string>([
    ...licences,
    platform === 'win32' ? ['electron.exe', portableExecutable()] : ['electron', ELF],
    ...(platform === 'linux' ? [['chrome-sandbox', ELF] as const] : []),
    ['locales/en-US.pak', ''],
    ['locales/de.pak', ''],
  ]);
}

export function writeStub(folder: string, target: Pick<Target, 'platform'>): void {
  for (const [path, content] of stubFiles(target)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content, { mode: 0o755 });
  }
}
