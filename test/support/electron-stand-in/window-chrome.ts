/** What a window says to the desktop around it: kept for tests to read, shown nowhere. */
import { EventEmitter } from 'node:events';
import type { BrowserWindowConstructorOptions, ProgressBarOptions } from 'electron';
import { plainEvent } from './event.ts';
import type { Menu } from './menu.ts';
import { imageFrom, type NativeImage } from './native-image.ts';

export interface Chrome {
  alwaysOnTop: boolean;
  level: string;
  onAllWorkspaces: boolean;
  skipTaskbar: boolean;
  overlay: { readonly image: NativeImage | null; readonly description: string };
  flashing: boolean;
  progress: number;
  icon: NativeImage | null;
  menu: Menu | null;
  menuBarVisible: boolean;
  contentProtected: boolean;
  backgroundColor: string;
  opacity: number;
}

export class WindowChrome extends EventEmitter {
  readonly #chrome: Chrome;
  #resizable: boolean;
  #closable: boolean;
  #minimizable: boolean;
  #maximizable: boolean;
  #movable: boolean;
  #fullScreenable: boolean;
  #autoHidesMenuBar: boolean;

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    const icon = options.icon as NativeImage | string | undefined;
    this.#chrome = {
      alwaysOnTop: options.alwaysOnTop ?? false,
      level: options.alwaysOnTop === true ? 'floating' : 'normal',
      onAllWorkspaces: false,
      skipTaskbar: options.skipTaskbar ?? false,
      overlay: { image: null, description: '' },
      flashing: false,
      progress: -1,
      icon: icon === undefined ? null : imageFrom(icon),
      menu: null,
      menuBarVisible: options.autoHideMenuBar !== true,
      contentProtected: false,
      backgroundColor: options.backgroundColor ?? '#FFF',
      opacity: options.opacity ?? 1,
    };
    this.#resizable = options.resizable ?? true;
    this.#closable = options.closable ?? true;
    this.#minimizable = options.minimizable ?? true;
    this.#maximizable = options.maximizable ?? true;
    this.#movable = options.movable ?? true;
    this.#fullScreenable = options.fullscreenable ?? true;
    this.#autoHidesMenuBar = options.autoHideMenuBar ?? false;
  }

  get standInChrome(): Chrome {
    return this.#chrome;
  }

  setAlwaysOnTop(flag: boolean, level = 'floating', _relativeLevel?: number): void {
    const changed = this.#chrome.alwaysOnTop !== flag;
    this.#chrome.alwaysOnTop = flag;
    this.#chrome.level = flag ? level : 'normal';
    if (changed) this.emit('always-on-top-changed', plainEvent(), flag);
  }

  isAlwaysOnTop(): boolean {
    return this.#chrome.alwaysOnTop;
  }

  setVisibleOnAllWorkspaces(visible: boolean, _options?: unknown): void {
    this.#chrome.onAllWorkspaces = visible;
  }

  isVisibleOnAllWorkspaces(): boolean {
    return this.#chrome.onAllWorkspaces;
  }

  setSkipTaskbar(skip: boolean): void {
    this.#chrome.skipTaskbar = skip;
  }

  setOverlayIcon(image: NativeImage | null, description: string): void {
    this.#chrome.overlay = { image, description };
  }

  flashFrame(flag: boolean): void {
    this.#chrome.flashing = flag;
  }

  setProgressBar(progress: number, _options?: ProgressBarOptions): void {
    this.#chrome.progress = progress;
  }

  setIcon(icon: NativeImage | string): void {
    this.#chrome.icon = imageFrom(icon);
  }

  setMenu(menu: Menu | null): void {
    this.#chrome.menu = menu;
  }

  removeMenu(): void {
    this.#chrome.menu = null;
  }

  setMenuBarVisibility(visible: boolean): void {
    this.#chrome.menuBarVisible = visible;
  }

  isMenuBarVisible(): boolean {
    return this.#chrome.menuBarVisible;
  }

  setAutoHideMenuBar(hide: boolean): void {
    this.#autoHidesMenuBar = hide;
  }

  isMenuBarAutoHide(): boolean {
    return this.#autoHidesMenuBar;
  }

  setContentProtection(enable: boolean): void {
    this.#chrome.contentProtected = enable;
  }

  isContentProtected(): boolean {
    return this.#chrome.contentProtected;
  }

  setBackgroundColor(colour: string): void {
    this.#chrome.backgroundColor = colour;
  }

  getBackgroundColor(): string {
    return this.#chrome.backgroundColor;
  }

  setOpacity(opacity: number): void {
    this.#chrome.opacity = opacity;
  }

  getOpacity(): number {
    return this.#chrome.opacity;
  }

  setResizable(resizable: boolean): void {
    this.#resizable = resizable;
  }

  isResizable(): boolean {
    return this.#resizable;
  }

  setClosable(closable: boolean): void {
    this.#closable = closable;
  }

  isClosable(): boolean {
    return this.#closable;
  }

  setMinimizable(minimizable: boolean): void {
    this.#minimizable = minimizable;
  }

  isMinimizable(): boolean {
    return this.#minimizable;
  }

  setMaximizable(maximizable: boolean): void {
    this.#maximizable = maximizable;
  }

  isMaximizable(): boolean {
    return this.#maximizable;
  }

  setMovable(movable: boolean): void {
    this.#movable = movable;
  }

  isMovable(): boolean {
    return this.#movable;
  }

  setFullScreenable(fullScreenable: boolean): void {
    this.#fullScreenable = fullScreenable;
  }

  isFullScreenable(): boolean {
    return this.#fullScreenable;
  }
}
