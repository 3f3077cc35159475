/** BrowserWindow over a page in Chromium. It refuses to exist with what our configuration forbids. */
import type { BrowserWindowConstructorOptions, Rectangle } from 'electron';
import { makeEvent, plainEvent } from './event.ts';
import { giveFocus, hasFocus, leaveFocus, type Focusable } from './focus.ts';
import { requireHardened } from './hardening.ts';
import { requireReady, tellApp } from './lifecycle.ts';
import { destroyedPrototype } from './strict.ts';
import { WebContents } from './web-contents.ts';
import { WindowPlace } from './window-place.ts';

const windows = new Map<number, BrowserWindow>();
let last = 0;

export class BrowserWindow extends WindowPlace implements Focusable {
  readonly #id: number;
  readonly #contents: WebContents;
  #title: string;
  #visible: boolean;
  /** Whether its page is told that it is seen; at first it is, even where the window is not. */
  #looksVisible = true;
  #focusable: boolean;
  #minimized = false;
  #maximized = false;
  #fullScreen: boolean;
  #destroyed = false;
  #enabled = true;
  readonly #parent: BrowserWindow | null;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    requireReady('Cannot create BrowserWindow before app is ready');
    const preferences = options.webPreferences ?? {};
    requireHardened(preferences);
    super(options);
    if (options.windowStatePersistence !== undefined) throw new Error('the stand-in for Electron does not keep window states');
    last += 1;
    this.#id = last;
    this.#title = options.title ?? 'Electron';
    this.#visible = options.show ?? true;
    this.#focusable = options.focusable ?? true;
    this.#fullScreen = options.fullscreen ?? false;
    this.#parent = (options.parent as BrowserWindow | undefined) ?? null;
    this.#contents = new WebContents(this.#asOwner(options), preferences);
    this.#contents.once('destroyed', () => this.#end());
    if (this.#fullScreen) this.fill('display');
    windows.set(this.#id, this);
    tellApp('browser-window-created', plainEvent(), this);
    if (this.#visible) giveFocus(this);
  }

  #asOwner(options: BrowserWindowConstructorOptions): ConstructorParameters<typeof WebContents>[0] {
    const now = (): Rectangle => this.getBounds();
    const looks = (): { focused: boolean; visible: boolean } => ({ focused: hasFocus(this), visible: this.#looksVisible });
    return {
      get size() {
        return now();
      },
      get looks() {
        return looks();
      },
      openWindow: (url, { overrideBrowserWindowOptions: overriding }) => {
        const webPreferences = { ...options.webPreferences, ...overriding?.webPreferences };
        const child = new BrowserWindow({ ...overriding, webPreferences });
        this.#contents.emit('did-create-window', child, { url });
        void child.loadURL(url).catch(() => undefined);
      },
      rendered: () => this.emit('ready-to-show'),
      titled: (title) => {
        const event = plainEvent();
        this.#contents.emit('page-title-updated', event, title, true);
        this.emit('page-title-updated', event, title, true);
        if (!event.defaultPrevented) this.#title = title;
      },
    };
  }

  static getAllWindows(): BrowserWindow[] {
    return [...windows.values()];
  }

  static getFocusedWindow(): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => hasFocus(window)) ?? null;
  }

  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.#contents === contents) ?? null;
  }

  static fromId(id: number): BrowserWindow | null {
    return windows.get(id) ?? null;
  }

  get id(): number {
    return this.#id;
  }

  get webContents(): WebContents {
    return this.#contents;
  }

  async loadURL(url: string): Promise<void> {
    await this.#contents.loadURL(url);
  }

  reload(): void {
    this.#contents.reload();
  }

  // Focusable
  canHaveFocus(): boolean {
    return this.#visible && !this.#minimized && this.#focusable && !this.#destroyed;
  }

  focusChanged(focused: boolean): void {
    // A window that is closing is not told any more.
    if (this.#contents.isDestroyed()) return;
    this.#contents.standInLooksChanged();
    if (focused) this.flashFrame(false);
    this.#contents.emit(focused ? 'focus' : 'blur');
    this.emit(focused ? 'focus' : 'blur', plainEvent());
    tellApp(focused ? 'browser-window-focus' : 'browser-window-blur', plainEvent(), this);
  }

  #looksChanged(): void {
    this.#looksVisible = this.#visible && !this.#minimized;
    this.#contents.standInLooksChanged();
  }

  show(): void {
    this.showInactive();
    giveFocus(this);
  }

  showInactive(): void {
    const was = this.#visible;
    this.#visible = true;
    this.#looksChanged();
    if (!was) this.emit('show');
  }

  hide(): void {
    if (!this.#visible) return;
    this.#visible = false;
    this.#looksChanged();
    leaveFocus(this, false);
    this.emit('hide');
  }

  isVisible(): boolean {
    return this.#visible;
  }

  focus(): void {
    giveFocus(this);
  }

  blur(): void {
    leaveFocus(this, false);
  }

  isFocused(): boolean {
    return hasFocus(this);
  }

  setFocusable(focusable: boolean): void {
    this.#focusable = focusable;
    if (!focusable) leaveFocus(this, false);
  }

  isFocusable(): boolean {
    return this.#focusable;
  }

  minimize(): void {
    if (this.#minimized) return;
    this.#minimized = true;
    this.#looksChanged();
    leaveFocus(this, false);
    this.emit('minimize');
  }

  isMinimized(): boolean {
    return this.#minimized;
  }

  restore(): void {
    if (!this.#minimized) {
      this.unmaximize();
      return;
    }
    this.#minimized = false;
    this.#looksChanged();
    this.emit('restore');
    giveFocus(this);
  }

  maximize(): void {
    const was = this.#visible;
    this.#visible = true;
    this.#looksChanged();
    if (!was) this.emit('show');
    if (this.#maximized) return;
    this.#maximized = true;
    this.fill('work area');
    this.emit('maximize');
  }

  unmaximize(): void {
    if (!this.#maximized) return;
    this.#maximized = false;
    this.fill(null);
    this.emit('unmaximize');
  }

  isMaximized(): boolean {
    return this.#maximized;
  }

  setFullScreen(flag: boolean): void {
    if (this.#fullScreen === flag) return;
    this.#fullScreen = flag;
    this.fill(flag ? 'display' : this.#maximized ? 'work area' : null);
    this.emit(flag ? 'enter-full-screen' : 'leave-full-screen');
  }

  isFullScreen(): boolean {
    return this.#fullScreen;
  }

  isNormal(): boolean {
    return this.#visible && !this.#minimized && !this.#maximized && !this.#fullScreen;
  }

  protected override sized(width: number, height: number): void {
    this.#contents.standInResized(width, height);
  }

  setTitle(title: string): void {
    this.#title = title;
  }

  getTitle(): string {
    return this.#title;
  }

  moveTop(): void {
    // There is no stack of windows; it never took the focus.
  }

  setEnabled(enable: boolean): void {
    this.#enabled = enable;
  }

  isEnabled(): boolean {
    return this.#enabled;
  }

  getParentWindow(): BrowserWindow | null {
    return this.#parent;
  }

  /** As the user's X does: the window may refuse. */
  close(): void {
    this.standInClose();
  }

  /** Whether it did not refuse. */
  standInClose(): boolean {
    const event = makeEvent({});
    this.emit('close', event);
    if (!event.defaultPrevented) this.#contents.close();
    return !event.defaultPrevented;
  }

  /** Without asking. */
  destroy(): void {
    if (!this.#destroyed) this.#contents.close();
    this.#end();
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  #end(): void {
    if (this.#destroyed) return;
    leaveFocus(this, true);
    this.#destroyed = true;
    windows.delete(this.#id);
    Object.setPrototypeOf(this, DESTROYED);
    this.emit('closed');
    if (windows.size === 0) tellApp('window-all-closed');
  }
}

const DESTROYED = destroyedPrototype(BrowserWindow.prototype);
