/** All windows of the host, and when Ahoy ends because the last of them closed. */
import type { BrowserWindow, WebContents } from 'electron';
import type { CallId } from '../../../../common/model/ids.ts';
import type { HostWindows } from '../../../ports/host-windows.ts';
import type { ValueStore } from '../../../ports/history-store.ts';
import type { Logger } from '../../../ports/logger.ts';
import { createCallWindows } from './call-windows.ts';
import { createCardWindow } from './card-window.ts';
import { createDialWindow } from './dial-window.ts';
import { createMainWindow, type MainWindow } from './main-window.ts';
import { createPageWindows } from './page-window.ts';

export interface WindowsHooks {
  staysInTray(): boolean;
  hiddenFirst(): void;
  /** No window is left that a person could see, and no tray to come back from. */
  lastClosed(): void;
  linkClicked(url: string, from: WebContents): void;
  isTalking(callId: CallId): boolean;
  /** Asks whether a call's window may close and end the call. */
  mayEndCall(window: BrowserWindow): Promise<boolean>;
}

export interface Windows extends HostWindows {
  readonly main: MainWindow;
  /** Makes the windows that have to be there at once when they are wanted. */
  prepare(): void;
  quitting(): void;
}

export function createWindows(preloadDirectory: string, values: ValueStore, logger: Logger, hooks: WindowsHooks): Windows {
  const pages = createPageWindows(
    preloadDirectory,
    values,
    (url, from) => {
      hooks.linkClicked(url, from);
    },
    logger,
  );
  const calls = createCallWindows(pages, {
    isTalking: (callId) => hooks.isTalking(callId),
    mayEnd: (window) => hooks.mayEndCall(window),
    allClosed: () => {
      if (main.present() === null) hooks.lastClosed();
    },
  });
  const main = createMainWindow(pages, values, {
    staysInTray: () => hooks.staysInTray(),
    hiddenFirst: () => {
      hooks.hiddenFirst();
    },
    closed: () => {
      // A call that is under way keeps Ahoy until it is over.
      if (calls.count() === 0) hooks.lastClosed();
    },
  });
  const card = createCardWindow(pages, process.platform);
  const dial = createDialWindow(pages);
  return {
    main,
    openMain() {
      main.show();
      return true;
    },
    openCall(callId) {
      calls.open(callId);
      return true;
    },
    openDial() {
      dial.open();
      return true;
    },
    showCard(ringing, isInCall) {
      card.show(ringing, isInCall);
    },
    prepare() {
      card.prepare();
      dial.prepare();
    },
    quitting() {
      main.quitting();
      calls.quitting();
      card.quitting();
      dial.quitting();
    },
  };
}
