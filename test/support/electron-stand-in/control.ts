/**
 * What a test, in the place of the person and the system, can do: lines on stdin, `{"id":1,"do":NAME,"args":[…]}`;
 * each is answered by a line on stdout, ANSWER and `{"id":1,"value":…}` or `{"id":1,"error":…}`.
 */
import { createInterface } from 'node:readline';
import type { ContextMenuParams, Input, Rectangle } from 'electron';
import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import { clipboard } from './clipboard.ts';
import { readState } from './control-state.ts';
import { answerDialog } from './dialog.ts';
import { plainEvent } from './event.ts';
import { takeFocusAway } from './focus.ts';
import { giveShortcutBack, pressShortcut, takeShortcut } from './global-shortcut.ts';
import { clickItem, Menu, openMenu } from './menu.ts';
import { nativeTheme } from './native-theme.ts';
import { shownNotification } from './notification.ts';
import { powerMonitor } from './power-monitor.ts';
import { screen, type DisplaySetup } from './screen.ts';
import { session } from './session.ts';
import { theTray, type Tray } from './tray.ts';

export const ANSWER = 'stand-in answer ';

function tray(): Tray {
  const found = theTray();
  if (!found) throw new Error('there is no tray icon');
  return found;
}

function window(id: number): BrowserWindow {
  const found = BrowserWindow.fromId(id);
  if (found) return found;
  throw new Error(
    `there is no window ${id}; there are: ${
      BrowserWindow.getAllWindows()
        .map((one) => one.id)
        .join(', ') || 'none'
    }`,
  );
}

function menu(found: Menu | null, what: string): Menu {
  if (!found) throw new Error(`there is no ${what}`);
  return found;
}

const NOTHING_UNDER: Partial<ContextMenuParams> = {
  linkURL: '',
  selectionText: '',
  isEditable: false,
  misspelledWord: '',
  dictionarySuggestions: [],
  editFlags: {
    canUndo: false,
    canRedo: false,
    canCut: false,
    canCopy: false,
    canPaste: false,
    canDelete: false,
    canSelectAll: true,
    canEditRichly: false,
  },
};
const NO_KEY: Partial<Input> = { type: 'keyDown', key: '', shift: false, control: false, alt: false, meta: false };

const focused = (): BrowserWindow | undefined => BrowserWindow.getFocusedWindow() ?? undefined;

const commands = {
  state: readState,
  clickTray: (kind: 'click' | 'double-click' | 'right-click') => tray().standInClick(kind),
  clickTrayItem: (labels: string[]) => clickItem(menu(tray().standIn.menu, 'menu of the tray'), labels, focused()),
  clickAppMenuItem: (labels: string[]) => clickItem(menu(Menu.getApplicationMenu(), 'menu of the app'), labels, focused()),
  clickOpenMenuItem: (labels: string[]) => {
    const open = menu(openMenu(), 'open menu');
    open.closePopup();
    clickItem(open, labels, focused());
  },
  clickNotification: (id: string) => shownNotification(id).standInClick(),
  notificationAction: (id: string, index: number) => shownNotification(id).standInAction(index),
  replyToNotification: (id: string, text: string) => shownNotification(id).standInReply(text),
  dismissNotification: (id: string) => shownNotification(id).standInLeave('userCanceled'),
  expireNotification: (id: string) => shownNotification(id).standInLeave('timedOut'),
  failNotification: (id: string, error: string) => shownNotification(id).standInFail(error),
  pressShortcut,
  takeShortcut,
  giveShortcutBack,
  suspend: () => void powerMonitor.emit('suspend'),
  resume: () => void powerMonitor.emit('resume'),
  lock: () => powerMonitor.standInLock(true),
  unlock: () => powerMonitor.standInLock(false),
  shutdown: () => powerMonitor.standInShutdown(),
  setBattery: (onBattery: boolean) => powerMonitor.standInBattery(onBattery),
  setIdleSeconds: (seconds: number) => powerMonitor.standInIdle(seconds),
  activate: () =>
    void app.emit(
      'activate',
      plainEvent(),
      BrowserWindow.getAllWindows().some((one) => one.isVisible()),
    ),
  openUrl: (url: string) => void app.emit('open-url', plainEvent(), url),
  closeWindow: (id: number) => window(id).close(),
  focusWindow: (id: number) => {
    const found = window(id);
    if (found.isMinimized()) found.restore();
    if (!found.isVisible() || !found.isFocusable()) throw new Error(`window ${id} cannot be clicked`);
    found.focus();
  },
  /** A right click; what Chromium says of what lies under it. */
  rightClick: (id: number, under: Partial<ContextMenuParams>) =>
    void window(id).webContents.emit('context-menu', plainEvent(), { ...NOTHING_UNDER, ...under }),
  /** A key before the page gets it. True where the page does not get it. */
  pressKey: (id: number, input: Partial<Input>) => {
    const event = plainEvent();
    window(id).webContents.emit('before-input-event', event, { ...NO_KEY, ...input });
    return event.defaultPrevented;
  },
  minimizeWindow: (id: number) => window(id).minimize(),
  blurWindows: () => takeFocusAway(),
  moveWindow: (id: number, bounds: Partial<Rectangle>) => window(id).standInMove(bounds),
  setDisplays: (displays: DisplaySetup[]) => screen.standInDisplays(displays),
  setCursor: (x: number, y: number) => screen.standInCursor({ x, y }),
  crashRenderer: (id: number) =>
    new Promise<undefined>((resolve) => {
      const { webContents } = window(id);
      webContents.once('render-process-gone', () => resolve(undefined));
      webContents.forcefullyCrashRenderer();
    }),
  setClipboard: (text: string) => clipboard.writeText(text),
  setDarkSystem: (isDark: boolean) => nativeTheme.standInSystem(isDark),
  answerDialog,
  permission: (name: string, origin: string, media?: 'audio' | 'video') => session.defaultSession.standInGrants(null, name, origin, media),
  quit: () => app.quit(),
};

export type CommandName = keyof typeof commands;

interface Asked {
  readonly id: number;
  readonly do: string;
  readonly args: readonly unknown[];
}

/** Characters beyond ASCII are escaped, since the reader may see them cut in two. */
function line(answer: object): string {
  const escaped = JSON.stringify(answer).replace(
    /[\u0080-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `${ANSWER}${escaped}\n`;
}

async function obey(asked: Asked): Promise<void> {
  try {
    if (!Object.hasOwn(commands, asked.do)) throw new Error(`the stand-in knows no command ${asked.do}`);
    const run = commands[asked.do as CommandName] as (...args: readonly unknown[]) => unknown;
    const value = await run(...asked.args);
    process.stdout.write(line({ id: asked.id, value: value ?? null }));
  } catch (error) {
    process.stdout.write(line({ id: asked.id, error: error instanceof Error ? error.message : String(error) }));
  }
}

/** Begins to read; the process does not stay for it. */
export function listenToTest(): void {
  createInterface({ input: process.stdin }).on('line', (text) => {
    if (text.startsWith('{')) void obey(JSON.parse(text) as Asked);
  });
}
