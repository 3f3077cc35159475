/**
 * A stand-in for Electron's runtime where none can be had: the `electron` module for the built main and preload,
 * unchanged, with Debian's Chromium behind it.
 *
 * Where its fidelity ends: pages come from https://ahoy.app.invalid instead of app://ahoy (same handler, same
 * headers); the preload runs in an isolated world before the page's scripts, but not in a process of its own;
 * IPC is JSON and not the structured clone algorithm; windows have no frame, no place on a screen and no focus;
 * safeStorage keeps its key beside the profile; power events come only when a test sends them; nothing of the
 * system (tray, notifications, menus, shortcuts) is there yet.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onWindowsAllClosed } from './browser-window.ts';
import { isGranted } from './session.ts';

export { BrowserWindow } from './browser-window.ts';
export { ipcMain } from './ipc-main.ts';
export { protocol } from './protocol.ts';
export { session } from './session.ts';

class App extends EventEmitter {
  readonly #paths = new Map<string, string>([['userData', join(tmpdir(), 'ahoy-stand-in-profile')]]);
  #quitting = false;

  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }

  getPath(name: string): string {
    const path = this.#paths.get(name);
    if (path === undefined) throw new Error(`no path ${name}`);
    return path;
  }

  requestSingleInstanceLock(): boolean {
    return true;
  }

  whenReady(): Promise<void> {
    return Promise.resolve();
  }

  quit(): void {
    const event = { isPrevented: false, preventDefault: () => (event.isPrevented = true) };
    this.emit('before-quit', event);
    if (event.isPrevented || this.#quitting) return;
    this.#quitting = true;
    this.emit('will-quit', {});
    process.exit(0);
  }
}

export const app = new App();
export const powerMonitor = new EventEmitter();

onWindowsAllClosed(() => {
  if (app.listenerCount('window-all-closed') > 0) app.emit('window-all-closed');
  else app.quit();
});
process.on('SIGINT', () => {
  app.quit();
});
process.on('SIGTERM', () => {
  app.quit();
});
// A test speaks for the system, a line each: `suspend`, `resume`, `permission NAME ORIGIN`.
process.stdin.on('data', (lines: Buffer) => {
  for (const line of lines.toString().trim().split('\n')) {
    const [word = '', permission = '', origin = ''] = line.split(' ');
    if (word === 'suspend' || word === 'resume') powerMonitor.emit(word);
    else if (word === 'permission')
      process.stdout.write(`permission ${permission} ${origin}: ${isGranted(permission, origin) ? 'granted' : 'refused'}\n`);
  }
});

const key = (): Buffer => createHash('sha256').update(app.getPath('userData')).digest();

export const safeStorage = {
  encryptStringAsync(text: string): Promise<Buffer> {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key(), iv);
    const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Promise.resolve(Buffer.concat([iv, cipher.getAuthTag(), encrypted]));
  },
  decryptStringAsync(kept: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> {
    const decipher = createDecipheriv('aes-256-gcm', key(), kept.subarray(0, 12));
    decipher.setAuthTag(kept.subarray(12, 28));
    return Promise.resolve({
      result: Buffer.concat([decipher.update(kept.subarray(28)), decipher.final()]).toString('utf8'),
      shouldReEncrypt: false,
    });
  },
};

export const shell = {
  openExternal(url: string): Promise<void> {
    process.stdout.write(`stand-in opens ${url}\n`);
    return Promise.resolve();
  },
};
