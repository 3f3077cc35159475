/**
 * The card of incoming calls: in the corner of the screen where the pointer is, above full-screen windows, shown
 * without taking the focus, so that who types goes on typing. Several calls stack in it. While somebody looks at
 * the main window, that shows the calls itself.
 */
import { screen, type BrowserWindow } from 'electron';
import type { PageWindows } from './page-window.ts';

export const CARD_SIZE = { width: 380, height: 214 };
const MARGIN_PX = 16;
/** More than these are scrolled to. */
const MOST_STACKED = 3;

export interface CardWindow {
  /** Shows the card for so many calls, or hides it for none. */
  show(ringing: number): void;
  prepare(): void;
  quitting(): void;
}

export function createCardWindow(windows: PageWindows, platform: NodeJS.Platform): CardWindow {
  let window: BrowserWindow | null = null;
  let isQuitting = false;
  let shownFor = 0;

  function make(): BrowserWindow {
    const made = windows.make(
      {
        ...CARD_SIZE,
        frame: false,
        resizable: false,
        maximizable: false,
        minimizable: false,
        fullscreenable: false,
        skipTaskbar: true,
        alwaysOnTop: true,
        // Linux has windows of this type never focused by the window manager; macOS lets a panel above full screens.
        ...(platform === 'linux' ? { type: 'notification' } : platform === 'darwin' ? { type: 'panel' } : {}),
      },
      '/incoming.html',
    );
    made.setAlwaysOnTop(true, 'screen-saver');
    made.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true });
    made.on('close', (event) => {
      if (isQuitting) return;
      event.preventDefault();
      made.hide();
    });
    made.once('closed', () => {
      window = null;
    });
    return made;
  }

  function place(shown: BrowserWindow, ringing: number): void {
    const { workArea } = screen.getDisplayNearestPoint(screen.getCursorScreenPoint());
    const height = Math.min(CARD_SIZE.height * Math.min(ringing, MOST_STACKED), workArea.height - 2 * MARGIN_PX);
    // Notifications of macOS are at the top, those of others mostly at the bottom; the card keeps to the same side.
    const y = platform === 'darwin' ? workArea.y + MARGIN_PX : workArea.y + workArea.height - height - MARGIN_PX;
    shown.setBounds({ x: workArea.x + workArea.width - CARD_SIZE.width - MARGIN_PX, y, width: CARD_SIZE.width, height });
  }

  return {
    show(ringing) {
      if (ringing === shownFor) return;
      shownFor = ringing;
      if (ringing === 0) {
        window?.hide();
        return;
      }
      window ??= make();
      place(window, ringing);
      window.showInactive();
    },
    prepare() {
      window ??= make();
    },
    quitting() {
      isQuitting = true;
    },
  };
}
