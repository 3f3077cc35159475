/**
 * The small window with one field: whom to call. It is kept ready, so that it appears at once when its key is pressed.
 */
import { screen, type BrowserWindow } from 'electron';
import { bringToFront, type PageWindows } from './page-window.ts';

const DIAL_SIZE = { width: 460, height: 360 };

const READY_AGAIN_MS = 500;

export interface DialWindow {
  open(): void;
  prepare(): void;
  quitting(): void;
}

export function createDialWindow(windows: PageWindows): DialWindow {
  let window: BrowserWindow | null = null;
  let isQuitting = false;

  function make(): BrowserWindow {
    const made = windows.make(
      { ...DIAL_SIZE, frame: false, resizable: false, maximizable: false, minimizable: false, fullscreenable: false, skipTaskbar: true },
      '/dial.html',
    );
    // Who looks elsewhere does not want it any more.
    made.on('blur', () => {
      made.hide();
    });
    // The page closes itself with Escape or after a call, which no window can refuse: the next one is made ready.
    made.once('closed', () => {
      window = null;
      if (isQuitting) return;
      setTimeout(() => {
        if (!isQuitting) window ??= make();
      }, READY_AGAIN_MS);
    });
    return made;
  }

  return {
    open() {
      window ??= make();
      const { workArea } = screen.getDisplayNearestPoint(screen.getCursorScreenPoint());
      window.setBounds({
        x: Math.round(workArea.x + (workArea.width - DIAL_SIZE.width) / 2),
        y: Math.round(workArea.y + workArea.height / 5),
        ...DIAL_SIZE,
      });
      bringToFront(window);
    },
    prepare() {
      window ??= make();
    },
    quitting() {
      isQuitting = true;
    },
  };
}
