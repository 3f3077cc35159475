/**
 * One of our windows: hardened, confined to its page, and reloaded when its renderer crashes. What is forbidden in one
 * is forbidden in all.
 */
import { join } from 'node:path';
import { BrowserWindow, clipboard, Menu, type BrowserWindowConstructorOptions, type WebContents } from 'electron';
import type { ValueStore } from '../../../ports/history-store.ts';
import type { Logger } from '../../../ports/logger.ts';
import { ORIGIN } from '../pages/pages-protocol.ts';
import { textMenu } from './text-menu.ts';
import { followZoomKeys } from './zoom-keys.ts';

export interface PageWindows {
  /** Makes a window that is not shown yet. */
  make(options: BrowserWindowConstructorOptions, path: string): BrowserWindow;
}

/** A page that crashes this often in a minute is left alone: loading it again would only go on. */
const MOST_CRASHES = 3;
const CRASHES_MS = 60_000;

/** Pages stay where they are and open nothing by themselves. `open`: what becomes of a link that was clicked. */
function confine(contents: WebContents, open: (url: string) => void): void {
  contents.setWindowOpenHandler(({ url }) => {
    open(url);
    return { action: 'deny' };
  });
  contents.on('will-navigate', (event) => {
    event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
}

function offerTextMenu(window: BrowserWindow): void {
  const { webContents } = window;
  webContents.on('context-menu', (_event, under) => {
    const items = textMenu(under, {
      replaceWord: (word) => {
        webContents.replaceMisspelling(word);
      },
      learnWord: (word) => {
        webContents.session.addWordToSpellCheckerDictionary(word);
      },
      copyLink: (url) => {
        void clipboard.writeText(url);
      },
    });
    if (items.length > 0) Menu.buildFromTemplate(items).popup({ window });
  });
}

export function createPageWindows(
  preloadDirectory: string,
  values: ValueStore,
  open: (url: string, from: WebContents) => void,
  logger: Logger,
): PageWindows {
  function recover(window: BrowserWindow, path: string): void {
    let crashes: number[] = [];
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason === 'clean-exit' || window.isDestroyed()) return;
      const nowMs = Date.now();
      crashes = [...crashes.filter((atMs) => nowMs - atMs < CRASHES_MS), nowMs];
      // A page that crashed before it was there has no URL yet.
      logger.error('a window crashed', { page: window.webContents.getURL() || path, reason, times: crashes.length });
      if (crashes.length > MOST_CRASHES) return;
      // Not within the event: the contents are still being taken down.
      setImmediate(() => {
        if (!window.isDestroyed()) window.webContents.reload();
      });
    });
  }

  return {
    make(options, path) {
      const window = new BrowserWindow({
        show: false,
        autoHideMenuBar: true,
        title: 'Ahoy',
        ...options,
        webPreferences: {
          preload: join(preloadDirectory, 'index.cjs'),
          sandbox: true,
          contextIsolation: true,
          nodeIntegration: false,
          webviewTag: false,
          // Calls are timed and tones played while the window is behind others.
          backgroundThrottling: false,
          autoplayPolicy: 'no-user-gesture-required',
          // Whether it is used is a setting (desktop.ts).
          spellcheck: true,
        },
      });
      confine(window.webContents, (url) => {
        open(url, window.webContents);
      });
      offerTextMenu(window);
      followZoomKeys(window.webContents, values);
      recover(window, path);
      void window.loadURL(`${ORIGIN}${path}`);
      return window;
    },
  };
}

export function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
