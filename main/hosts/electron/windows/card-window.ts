/**
 * The card of incoming calls: in the corner of the screen where the pointer is, above full-screen windows, shown
 * without taking the focus, so that whoever is typing can go on. Several calls stack in it. Which calls are shown,
 * main/alerts decides.
 */
import { screen, type BrowserWindow } from 'electron';
import type { Call } from '../../../../common/model/call.ts';
import type { PageWindows } from './page-window.ts';

const WIDTH_PX = 380;
/** What a card needs, and the line between two. */
const AUDIO_PX = 180;
const VIDEO_PX = 222;
/** The row to end the other call with, while there is one. */
const END_ROW_PX = 42;
const LINE_PX = 1;
const MARGIN_PX = 16;
/** More than these are scrolled to. */
const MOST_STACKED = 3;

export interface CardWindow {
  /** Taller while the user is in another call. */
  show(ringing: readonly Pick<Call, 'id' | 'video'>[], isInCall: boolean): void;
  prepare(): void;
  quitting(): void;
}

export function createCardWindow(windows: PageWindows, platform: NodeJS.Platform): CardWindow {
  let window: BrowserWindow | null = null;
  let isQuitting = false;
  let shownFor = '';

  function make(): BrowserWindow {
    const made = windows.make(
      {
        width: WIDTH_PX,
        height: AUDIO_PX,
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
    // Without turning Ahoy into a program without a dock icon for it, as macOS would.
    made.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true, skipTransformProcessType: true });
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

  function place(shown: BrowserWindow, ringing: readonly Pick<Call, 'video'>[], isInCall: boolean): void {
    const { workArea } = screen.getDisplayNearestPoint(screen.getCursorScreenPoint());
    const endRow = isInCall ? END_ROW_PX : 0;
    const heights = ringing.slice(0, MOST_STACKED).map(({ video }) => (video ? VIDEO_PX : AUDIO_PX) + endRow);
    const stacked = heights.reduce((sum, each) => sum + each + LINE_PX, -LINE_PX);
    const height = Math.min(stacked, workArea.height - 2 * MARGIN_PX);
    // Notifications of macOS are at the top, those of others mostly at the bottom; the card keeps to the same side.
    const y = platform === 'darwin' ? workArea.y + MARGIN_PX : workArea.y + workArea.height - height - MARGIN_PX;
    shown.setBounds({ x: workArea.x + workArea.width - WIDTH_PX - MARGIN_PX, y, width: WIDTH_PX, height });
  }

  return {
    show(ringing, isInCall) {
      const wanted = `${isInCall} ${ringing.map(({ id, video }) => `${id} ${video}`).join(' ')}`;
      if (wanted === shownFor) return;
      shownFor = wanted;
      if (ringing.length === 0) {
        window?.hide();
        return;
      }
      window ??= make();
      place(window, ringing, isInCall);
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
