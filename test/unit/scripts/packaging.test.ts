import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import config from '../../../electron-builder.config.ts';
import explained from '../../../scripts/electronegativity.json' with { type: 'json' };
import manifest from '../../../package.json' with { type: 'json' };

const root = join(import.meta.dirname, '../../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const builder = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
const { validateConfiguration } = builder('app-builder-lib/out/util/config/config.js') as {
  readonly validateConfiguration: (config: object, log: { readonly isEnabled: boolean; add(): void }) => Promise<void>;
};
const log = { isEnabled: false, add: () => undefined };
const SCHEMES = ['sip', 'sips', 'tel', 'ahoy'];

describe('the configuration of the packages', () => {
  it('fits the schema of electron-builder, which refuses what it does not know', async () => {
    await expect(validateConfiguration({ ...config }, log)).resolves.toBeUndefined();
    await expect(validateConfiguration({ ...config, fuses: {} }, log)).rejects.toThrow('fuses');
  });

  it('has no bare patterns under a platform, which would pack everything', () => {
    const sets = [config.win, config.mac, config.linux].flatMap(({ files }): unknown[] => files);
    expect(sets).toHaveLength(3);
    for (const each of sets) {
      expect(each).toHaveProperty('from', 'node_modules/better-sqlite3/prebuilds');
      expect(each).toHaveProperty('to', 'node_modules/better-sqlite3/prebuilds');
    }
  });

  it('names no place for updates', () => {
    expect(process.env['AHOY_UPDATE_URL']).toBeUndefined();
    expect(config.publish).toBeNull();
  });

  it('asks for microphone and camera on a Mac, and for nothing that opens it', () => {
    for (const name of ['mac', 'mac-unsigned']) {
      const keys = [...read(`resources/build/entitlements.${name}.plist`).matchAll(/<key>([^<]+)<\/key>/g)].map(([, key]) => key);
      expect(keys).toEqual([
        'com.apple.security.cs.allow-jit',
        'com.apple.security.device.audio-input',
        'com.apple.security.device.camera',
        ...(name === 'mac' ? [] : ['com.apple.security.cs.disable-library-validation']),
      ]);
    }
  });

  it('offers every kind of link on every system', () => {
    expect(config.protocols.flatMap(({ schemes }) => schemes)).toEqual(SCHEMES);
    const installer = read('resources/build/installer.nsh');
    const metainfo = read('resources/build/org.ahoy.Ahoy.metainfo.xml');
    for (const scheme of SCHEMES) {
      expect(installer).toContain(`URLAssociations" "${scheme}" "\${AHOY_PROGID}"`);
      expect(installer).toContain(`ahoyRemoveLinkClass "${scheme}"`);
      expect(metainfo).toContain(`x-scheme-handler/${scheme}<`);
    }
    expect(installer).toContain(`'"$INSTDIR\\\${APP_EXECUTABLE_FILENAME}" "--" "%1"'`);
    // Of the classes only our own are written.
    expect(installer.match(/ahoyWriteLinkClass "[^"]+"/g)).toEqual(['ahoyWriteLinkClass "${AHOY_PROGID}"', 'ahoyWriteLinkClass "ahoy"']);
  });

  it('explains every finding of Electronegativity in docs/security.md', () => {
    const page = read('docs/security.md');
    for (const { check } of explained) expect(page).toContain(check);
  });
});

interface Locked {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

describe('the lock file', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as { readonly packages: Readonly<Record<string, Locked>> };
  const entries = Object.entries(packages).filter(([path]) => path !== '');

  it('names no host, and the content of every package', () => {
    expect(entries.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
    expect(entries.filter(([, { integrity }]) => integrity === undefined).map(([path]) => path)).toEqual([]);
  });

  it('has every package for another system that a package names', () => {
    /** As Node looks for it: in the package, then in each folder above. */
    const isThere = (from: string, name: string): boolean => {
      const inside = `${from === '' ? '' : `${from}/`}node_modules/${name}`;
      if (inside in packages) return true;
      const above = from.lastIndexOf('/node_modules/');
      return from !== '' && isThere(above === -1 ? '' : from.slice(0, above), name);
    };
    const holes = Object.entries(packages).flatMap(([path, { optionalDependencies }]) =>
      Object.keys(optionalDependencies ?? {})
        .filter((name) => !isThere(path, name))
        .map((name) => `${path}: ${name}`),
    );
    expect(holes).toEqual([]);
  });

  it('runs no script of a package', () => {
    const named: Readonly<Record<string, boolean>> = manifest.allowScripts;
    const withScript = entries
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([path]) => path.replace(/^.*node_modules\//, ''));
    expect(withScript.filter((name) => named[name] !== false)).toEqual([]);
    expect(Object.values(named).every((allowed) => !allowed)).toBe(true);
  });
});
