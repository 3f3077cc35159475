/** The main window and a window for each call. */
import { join } from 'node:path';
import { BrowserWindow, shell, type WebContents } from 'electron';
import type { CallId } from '../../../common/model/ids.ts';
import type { HostWindows } from '../../ports/host-windows.ts';
import { ORIGIN } from './pages-protocol.ts';

const OPENABLE = new Set(['https:', 'http:', 'mailto:']);

/** Pages stay where they are and open nothing by themselves; links to the web go to the system's browser. */
function confine(contents: WebContents): void {
  contents.setWindowOpenHandler(({ url }) => {
    if (URL.canParse(url) && OPENABLE.has(new URL(url).protocol)) void shell.openExternal(url);
    return { action: 'deny' };
  });
  contents.on('will-navigate', (event) => {
    event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
}

export function createWindows(preloadDirectory: string): HostWindows {
  let main: BrowserWindow | null = null;
  const calls = new Map<CallId, BrowserWindow>();

  function make(options: Electron.BrowserWindowConstructorOptions, path: string): BrowserWindow {
    const window = new BrowserWindow({
      show: false,
      autoHideMenuBar: true,
      ...options,
      webPreferences: {
        preload: join(preloadDirectory, 'index.cjs'),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        // Calls are timed and tones played while the window is behind others.
        backgroundThrottling: false,
        autoplayPolicy: 'no-user-gesture-required',
      },
    });
    confine(window.webContents);
    window.once('ready-to-show', () => {
      window.show();
    });
    void window.loadURL(`${ORIGIN}${path}`);
    return window;
  }

  function bringToFront(window: BrowserWindow): true {
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
    return true;
  }

  return {
    openMain() {
      if (main) return bringToFront(main);
      main = make({ width: 1080, height: 720, minWidth: 360, minHeight: 480, title: 'Ahoy' }, '/index.html');
      main.once('closed', () => {
        main = null;
      });
      return true;
    },
    openCall(callId) {
      const present = calls.get(callId);
      if (present) return bringToFront(present);
      const window = make(
        { width: 380, height: 560, minWidth: 320, minHeight: 420, title: 'Ahoy' },
        `/call.html?call=${encodeURIComponent(callId)}`,
      );
      calls.set(callId, window);
      window.once('closed', () => {
        calls.delete(callId);
      });
      return true;
    },
  };
}
