/** A window for each call. It owns the call's media: closing it ends the call, and a crash of another leaves it be. */
import { screen, type BrowserWindow } from 'electron';
import type { CallId } from '../../../common/model/ids.ts';
import { besideOthers } from './beside-bounds.ts';
import { bringToFront, type PageWindows } from './page-window.ts';

const SIZE = { width: 380, height: 560 };

export interface CallWindows {
  open(callId: CallId): void;
  count(): number;
}

export function createCallWindows(windows: PageWindows, allClosed: () => void): CallWindows {
  const calls = new Map<CallId, BrowserWindow>();
  return {
    open(callId) {
      const present = calls.get(callId);
      if (present) {
        bringToFront(present);
        return;
      }
      const others = [...calls.values()].map((each) => each.getBounds());
      const { workArea } = others[0] ? screen.getDisplayMatching(others[0]) : screen.getPrimaryDisplay();
      const window = windows.make(
        { ...SIZE, ...besideOthers(workArea, others, SIZE), minWidth: 320, minHeight: 420 },
        `/call.html?call=${encodeURIComponent(callId)}`,
      );
      calls.set(callId, window);
      window.once('ready-to-show', () => {
        window.show();
      });
      window.once('closed', () => {
        calls.delete(callId);
        if (calls.size === 0) allClosed();
      });
    },
    count: () => calls.size,
  };
}
