/** Finds an installed Chromium, Chrome or Edge and opens Ahoy in it as an app window of its own. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const ON_PATH = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'microsoft-edge-stable'];

function candidates(): string[] {
  const { env } = process;
  switch (process.platform) {
    case 'win32':
      return [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']]
        .filter((root) => root !== undefined)
        .flatMap((root) => [
          join(root, 'Google', 'Chrome', 'Application', 'chrome.exe'),
          join(root, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
          join(root, 'Chromium', 'Application', 'chrome.exe'),
        ]);
    case 'darwin':
      return ['Google Chrome', 'Microsoft Edge', 'Chromium'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
    default:
      return (env['PATH'] ?? '').split(delimiter).flatMap((folder) => ON_PATH.map((name) => join(folder, name)));
  }
}

/** The browser to use, or null where there is none. */
export function findBrowser(): string | null {
  return candidates().find((path) => existsSync(path)) ?? null;
}

export function hasDisplay(): boolean {
  if (process.platform === 'win32' || process.platform === 'darwin') return true;
  return Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

/** Opens the address; the window lives on its own. Resolves false where the browser could not be started. */
export function openBrowser(browser: string, address: string, profile: string): Promise<boolean> {
  const args = [
    `--app=${address}`,
    `--user-data-dir=${join(profile, 'browser')}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--autoplay-policy=no-user-gesture-required',
  ];
  // Chromium refuses to run its sandbox for root; without this no window would open there at all.
  if (process.platform === 'linux' && process.getuid?.() === 0) args.push('--no-sandbox');
  return new Promise((resolve) => {
    const child = spawn(browser, args, { detached: true, stdio: 'ignore' });
    child.once('error', () => {
      resolve(false);
    });
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}
