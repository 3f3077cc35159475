/** Drives the stand-in for Electron's runtime: a test does what a person and the system would do, and reads what they would see. */
import type { BrowserContext, Page } from '@playwright/test';
import type { ContextMenuParams, Input, Rectangle } from 'electron';
import { startProgram, type ChildProgram } from '../../support/child-program.ts';
import type { CommandName } from '../../support/electron-stand-in/control.ts';
import type { NotificationState, StandInState, WindowState } from '../../support/electron-stand-in/control-state.ts';
import type { DialogAnswer } from '../../support/electron-stand-in/dialog.ts';
import type { DisplaySetup } from '../../support/electron-stand-in/screen.ts';

export type { NotificationState, StandInState, WindowState } from '../../support/electron-stand-in/control-state.ts';
export type { DisplaySetup } from '../../support/electron-stand-in/screen.ts';

export interface StartedStandIn {
  /** Arguments of Node: the stand-in, the entry, the profile and the test's own. */
  readonly command: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

const ANSWER = 'stand-in answer ';
const PATIENCE_MS = 15_000;

/** How a process on the stand-in is started. */
export function standInCommand(
  entry: string,
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): StartedStandIn {
  return {
    command: ['--import', './test/support/electron-stand-in/register.js', entry, `--profile=${folder}`, ...args],
    env: { ...process.env, ...env },
  };
}

export class StandIn {
  readonly program: ChildProgram;
  readonly #context: BrowserContext;
  readonly #start: (args: readonly string[]) => StartedStandIn;
  readonly #targets = new WeakMap<Page, Promise<string | null>>();
  #last = 0;

  constructor(program: ChildProgram, context: BrowserContext, start: (args: readonly string[]) => StartedStandIn) {
    this.program = program;
    this.#context = context;
    this.#start = start;
  }

  async #ask(name: CommandName, ...args: readonly unknown[]): Promise<unknown> {
    this.#last += 1;
    const id = this.#last;
    this.program.write(`${JSON.stringify({ id, do: name, args })}\n`);
    const [, text = ''] = await this.program.waitFor(new RegExp(`^${ANSWER}(\\{"id":${id},.*\\})$`, 'm'), PATIENCE_MS);
    const answer = JSON.parse(text) as { value: unknown } | { error: string };
    if ('error' in answer) throw new Error(`${name}: ${answer.error}`);
    return answer.value;
  }

  async #do(name: CommandName, ...args: readonly unknown[]): Promise<void> {
    await this.#ask(name, ...args);
  }

  async state(): Promise<StandInState> {
    return (await this.#ask('state')) as StandInState;
  }

  /** The window whose page's address ends so, or contains it. */
  async windowAt(address: string): Promise<WindowState> {
    const { windows } = await this.state();
    const found = windows.find(({ url }) => url.includes(address));
    if (!found) throw new Error(`no window shows ${address}; there are: ${windows.map(({ url }) => url).join(', ') || 'none'}`);
    return found;
  }

  /** The one notification of this title that is on the screen. */
  async notificationTitled(title: string): Promise<NotificationState> {
    const { notifications } = await this.state();
    const found = notifications.filter((one) => one.title === title);
    if (found.length !== 1 || !found[0])
      throw new Error(`${found.length} notifications "${title}"; there are: ${notifications.map((one) => one.title).join(', ') || 'none'}`);
    return found[0];
  }

  /** The page of a window; waits until there is one that is loaded. It is another page after a crash and a reload. */
  async pageOf(windowId: number): Promise<Page> {
    const giveUpAt = Date.now() + PATIENCE_MS;
    while (Date.now() < giveUpAt) {
      const window = (await this.state()).windows.find(({ id }) => id === windowId);
      const target = window && !window.crashed && !window.loading && window.url !== '' ? window.target : null;
      for (const page of this.#context.pages()) if (target !== null && (await this.#targetOf(page)) === target) return page;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`window ${windowId} has no page`);
  }

  #targetOf(page: Page): Promise<string | null> {
    const known = this.#targets.get(page);
    if (known) return known;
    const asked = this.#context
      .newCDPSession(page)
      .then(async (session) => {
        const { targetInfo } = await session.send('Target.getTargetInfo');
        await session.detach();
        return targetInfo.targetId;
      })
      // It went away meanwhile, or crashed.
      .catch(() => null);
    this.#targets.set(page, asked);
    return asked;
  }

  // The tray and menus
  clickTray(kind: 'click' | 'double-click' | 'right-click' = 'click'): Promise<void> {
    return this.#do('clickTray', kind);
  }

  /** Throws where the item is missing, hidden or greyed out. */
  clickTrayItem(...labels: readonly string[]): Promise<void> {
    return this.#do('clickTrayItem', labels);
  }

  clickAppMenuItem(...labels: readonly string[]): Promise<void> {
    return this.#do('clickAppMenuItem', labels);
  }

  clickOpenMenuItem(...labels: readonly string[]): Promise<void> {
    return this.#do('clickOpenMenuItem', labels);
  }

  // Notifications
  clickNotification(id: string): Promise<void> {
    return this.#do('clickNotification', id);
  }

  notificationAction(id: string, index: number): Promise<void> {
    return this.#do('notificationAction', id, index);
  }

  replyToNotification(id: string, text: string): Promise<void> {
    return this.#do('replyToNotification', id, text);
  }

  dismissNotification(id: string): Promise<void> {
    return this.#do('dismissNotification', id);
  }

  /** The system took it away after its time. */
  expireNotification(id: string): Promise<void> {
    return this.#do('expireNotification', id);
  }

  failNotification(id: string, error: string): Promise<void> {
    return this.#do('failNotification', id, error);
  }

  // Shortcuts
  /** Throws where it is not registered. */
  pressShortcut(accelerator: string): Promise<void> {
    return this.#do('pressShortcut', accelerator);
  }

  /** Another program has it from now on. */
  takeShortcut(accelerator: string): Promise<void> {
    return this.#do('takeShortcut', accelerator);
  }

  giveShortcutBack(accelerator: string): Promise<void> {
    return this.#do('giveShortcutBack', accelerator);
  }

  // Power and idleness
  suspend(): Promise<void> {
    return this.#do('suspend');
  }

  resume(): Promise<void> {
    return this.#do('resume');
  }

  lock(): Promise<void> {
    return this.#do('lock');
  }

  unlock(): Promise<void> {
    return this.#do('unlock');
  }

  /** Whether the app asked for time to end. */
  async shutdown(): Promise<boolean> {
    return (await this.#ask('shutdown')) as boolean;
  }

  setBattery(onBattery: boolean): Promise<void> {
    return this.#do('setBattery', onBattery);
  }

  setIdleSeconds(seconds: number): Promise<void> {
    return this.#do('setIdleSeconds', seconds);
  }

  // The app
  activate(): Promise<void> {
    return this.#do('activate');
  }

  /** `open-url`, as macOS tells it; on Windows and Linux an address comes with a second instance's arguments. */
  openUrl(url: string): Promise<void> {
    return this.#do('openUrl', url);
  }

  /** Quits as a menu of the system would; answers before the app has ended. */
  quit(): Promise<void> {
    return this.#do('quit');
  }

  /** Starts a second process with the same profile and waits for its end. */
  async secondInstance(args: readonly string[] = []): Promise<{ code: number | null; output: string }> {
    const { command, env } = this.#start(args);
    const program = startProgram(process.execPath, command, { env });
    const tooLong = setTimeout(() => void program.stop('SIGKILL'), PATIENCE_MS);
    const code = await program.exited;
    clearTimeout(tooLong);
    return { code, output: program.output() };
  }

  // Windows
  /** The X of its frame; the app may refuse. */
  closeWindow(id: number): Promise<void> {
    return this.#do('closeWindow', id);
  }

  /** A right click on what Chromium says lies under it. */
  rightClick(id: number, under: Partial<ContextMenuParams>): Promise<void> {
    return this.#do('rightClick', id, under);
  }

  /** A key before the page gets it; false where the page gets it. */
  async pressKey(id: number, input: Partial<Input>): Promise<boolean> {
    return (await this.#ask('pressKey', id, input)) === true;
  }

  /** A person goes to this window: it is brought back where it was minimised. */
  focusWindow(id: number): Promise<void> {
    return this.#do('focusWindow', id);
  }

  minimizeWindow(id: number): Promise<void> {
    return this.#do('minimizeWindow', id);
  }

  /** Another program has the focus. */
  blurWindows(): Promise<void> {
    return this.#do('blurWindows');
  }

  moveWindow(id: number, bounds: Partial<Rectangle>): Promise<void> {
    return this.#do('moveWindow', id, bounds);
  }

  /** Resolves when main was told. */
  crashRenderer(id: number): Promise<void> {
    return this.#do('crashRenderer', id);
  }

  /** The first is the primary one. */
  setDisplays(displays: readonly DisplaySetup[]): Promise<void> {
    return this.#do('setDisplays', displays);
  }

  setCursor(x: number, y: number): Promise<void> {
    return this.#do('setCursor', x, y);
  }

  // The rest of the desktop
  setClipboard(text: string): Promise<void> {
    return this.#do('setClipboard', text);
  }

  setDarkSystem(isDark: boolean): Promise<void> {
    return this.#do('setDarkSystem', isDark);
  }

  /** Answers the dialog that waits longest: the button's index, the paths chosen, or null for Escape. */
  answerDialog(answer: DialogAnswer): Promise<void> {
    return this.#do('answerDialog', answer);
  }

  /** What the app answers when a page of that origin asks for a permission. */
  async permission(name: string, origin: string, media?: 'audio' | 'video'): Promise<boolean> {
    return (await this.#ask('permission', name, origin, ...(media ? [media] : []))) as boolean;
  }
}
