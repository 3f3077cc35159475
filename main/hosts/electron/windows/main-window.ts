/**
 * The main window. Closing it leaves Ahoy in the tray where there is one, which is said once; elsewhere it ends Ahoy
 * with the last call. A start in the tray makes the window without showing it, because this window plays the ring
 * tone.
 */
import type { BrowserWindow } from 'electron';
import type { ValueStore } from '../../../ports/history-store.ts';
import { LEAST_SIZE } from './clamped-bounds.ts';
import { bringToFront, type PageWindows } from './page-window.ts';
import { DEFAULT_SIZE, keepPlace, rememberedPlace } from './window-place.ts';

export interface MainWindowHooks {
  /** Whether closing the window means to go on without it. */
  staysInTray(): boolean;
  /** The first time that closing did not end Ahoy. */
  hiddenFirst(): void;
  /** It was closed for good. */
  closed(): void;
}

export interface MainWindow {
  show(): void;
  /** Makes it without showing it. */
  prepare(): void;
  /** In the taskbar, where there is no tray to be in. */
  minimise(): void;
  present(): BrowserWindow | null;
  /** From now on closing closes. */
  quitting(): void;
}

const HINTED = 'told-of-the-tray';

export function createMainWindow(windows: PageWindows, values: ValueStore, hooks: MainWindowHooks): MainWindow {
  let window: BrowserWindow | null = null;
  let isQuitting = false;
  let endKeeping: () => void = () => undefined;

  function make(): BrowserWindow {
    const place = rememberedPlace(values);
    const made = windows.make(
      { ...DEFAULT_SIZE, ...place?.bounds, minWidth: LEAST_SIZE.width, minHeight: LEAST_SIZE.height },
      '/index.html',
    );
    if (place?.maximised) made.once('show', () => made.maximize());
    endKeeping = keepPlace(made, values);
    made.on('close', (event) => {
      if (isQuitting || !hooks.staysInTray()) return;
      event.preventDefault();
      made.hide();
      if (values.get(HINTED) === true) return;
      values.set(HINTED, true);
      hooks.hiddenFirst();
    });
    made.once('closed', () => {
      window = null;
      hooks.closed();
    });
    window = made;
    return made;
  }

  return {
    show() {
      if (window) {
        bringToFront(window);
        return;
      }
      const made = make();
      made.once('ready-to-show', () => {
        made.show();
      });
    },
    prepare() {
      window ??= make();
    },
    minimise() {
      const made = window ?? make();
      made.once('ready-to-show', () => {
        made.minimize();
      });
    },
    present: () => window,
    quitting() {
      isQuitting = true;
      endKeeping();
    },
  };
}
