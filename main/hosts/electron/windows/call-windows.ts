/**
 * A window for each call. It owns the call's media: closing it ends the call, after a question while there is one to
 * end. A crash of another window does not touch it.
 */
import { screen, type BrowserWindow } from 'electron';
import type { CallId } from '../../../../common/model/ids.ts';
import { besideOthers } from './beside-bounds.ts';
import { bringToFront, type PageWindows } from './page-window.ts';

const SIZE = { width: 380, height: 560 };

export interface CallWindows {
  open(callId: CallId): void;
  count(): number;
  /** From now on closing closes. */
  quitting(): void;
}

export interface CallWindowsHooks {
  /** Somebody is being talked with in this call. */
  isTalking(callId: CallId): boolean;
  mayEnd(window: BrowserWindow): Promise<boolean>;
  allClosed(): void;
}

export function createCallWindows(windows: PageWindows, hooks: CallWindowsHooks): CallWindows {
  const calls = new Map<CallId, BrowserWindow>();
  let isQuitting = false;
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
      window.on('close', (event) => {
        if (isQuitting || !hooks.isTalking(callId)) return;
        event.preventDefault();
        void hooks.mayEnd(window).then((mayEnd) => {
          if (mayEnd && !window.isDestroyed()) window.destroy();
        });
      });
      window.once('closed', () => {
        calls.delete(callId);
        if (calls.size === 0) hooks.allClosed();
      });
    },
    count: () => calls.size,
    quitting() {
      isQuitting = true;
    },
  };
}
