/**
 * Packs one target around a stand-in runtime: `dist-pack.ts PLATFORM ARCH FOLDER`. A process of its own, since
 * electron-builder keeps state and talks. Leaves the packed folder, and on Linux what the three formats would be given.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Arch, Platform, build } from 'electron-builder';
import config from '../electron-builder.config.ts';
import { writeStub } from './dist-stub.ts';
import type { Target } from './dist-files.ts';

const root = dirname(import.meta.dirname);
const [platform, arch, folder] = process.argv.slice(2) as [Target['platform'], Target['arch'], string];
const stub = join(folder, 'runtime');
writeStub(stub, { platform });

const targets = {
  linux: Platform.LINUX.createTarget(['AppImage', 'deb', 'rpm'], Arch[arch]),
  win32: Platform.WINDOWS.createTarget('dir', Arch[arch]),
  darwin: Platform.MAC.createTarget('dir', Arch[arch]),
}[platform];

/** The desktop file of the AppImage; stops there, since making one needs a downloaded tool. fpm's are left to go on. */
async function keepDesktopFile(options: unknown): Promise<boolean> {
  const { desktop } = options as { readonly desktop?: string };
  if (desktop === undefined) return Promise.resolve(false);
  mkdirSync(join(folder, 'appimage'), { recursive: true });
  writeFileSync(join(folder, 'appimage', 'ahoy.desktop'), desktop);
  return Promise.resolve(true);
}

await build({
  targets,
  projectDir: root,
  publish: 'never',
  config: { ...config, electronDist: stub, directories: { ...config.directories, output: join(folder, 'release') } },
  effectiveOptionComputed: keepDesktopFile,
});
