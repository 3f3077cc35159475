/** BrowserWindow over a page in Chromium. It refuses to exist with what our configuration forbids. */
import { EventEmitter } from 'node:events';
import { WebContents } from './web-contents.ts';

interface Options {
  readonly width?: number;
  readonly height?: number;
  readonly show?: boolean;
  readonly webPreferences?: {
    readonly preload?: string;
    readonly sandbox?: boolean;
    readonly contextIsolation?: boolean;
    readonly nodeIntegration?: boolean;
  };
}

const windows = new Set<BrowserWindow>();

export class BrowserWindow extends EventEmitter {
  readonly webContents = new WebContents();
  readonly #options: Options;
  #visible: boolean;
  #minimized = false;

  constructor(options: Options) {
    super();
    const { sandbox, contextIsolation, nodeIntegration } = options.webPreferences ?? {};
    if (sandbox !== true || contextIsolation !== true || nodeIntegration === true) throw new Error('this window is not hardened');
    this.#options = options;
    this.#visible = options.show ?? true;
    windows.add(this);
    this.webContents.once('destroyed', () => {
      windows.delete(this);
      this.emit('closed');
      if (windows.size === 0) windowsAllClosed();
    });
  }

  static getAllWindows(): BrowserWindow[] {
    return [...windows];
  }

  async loadURL(url: string): Promise<void> {
    const { width = 800, height = 600, webPreferences } = this.#options;
    await this.webContents.load(url, webPreferences?.preload ?? '', { width, height });
    this.emit('ready-to-show');
  }

  show(): void {
    this.#visible = true;
  }

  hide(): void {
    this.#visible = false;
  }

  isVisible(): boolean {
    return this.#visible;
  }

  isMinimized(): boolean {
    return this.#minimized;
  }

  minimize(): void {
    this.#minimized = true;
  }

  restore(): void {
    this.#minimized = false;
  }

  focus(): void {
    this.emit('focus');
  }

  close(): void {
    this.webContents.close();
  }
}

let windowsAllClosed: () => void = () => undefined;

export function onWindowsAllClosed(listener: () => void): void {
  windowsAllClosed = listener;
}
