/** webContents: navigation guards, IPC, windows that may not open, and a page that can crash and come back. */
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { HandlerDetails, WebPreferences, WindowOpenHandlerResponse } from 'electron';
import { runningChromium } from './chromium.ts';
import { refusalOf } from './capture.ts';
import { plainEvent } from './event.ts';
import { receiveIpc } from './ipc-reception.ts';
import { tellApp } from './lifecycle.ts';
import { mayNavigate } from './navigation.ts';
import { nativeTheme } from './native-theme.ts';
import { PageLink, type PageOwner } from './page-link.ts';
import type { FromPage, Looks } from './page-world.ts';
import { applyPermissions } from './permissions.ts';
import { originOf, toServed, toSource } from './protocol.ts';
import { recorded } from './record.ts';
import { session, type Session } from './session.ts';
import { destroyedPrototype, strict } from './strict.ts';
import { checkCarried, type FromPreload } from './worlds.ts';

export interface WebFrame {
  readonly url: string;
  readonly origin: string;
  readonly parent: WebFrame | null;
}

export interface ContentsOwner {
  readonly size: { readonly width: number; readonly height: number };
  readonly looks: Looks;
  /** A window that the open handler allowed. */
  openWindow(url: string, options: WindowOpenHandlerResponse): void;
  rendered(): void;
  /** Whether the title is taken over. */
  titled(title: string): void;
}

type OpenHandler = (details: HandlerDetails) => WindowOpenHandlerResponse;

const contents = new Map<number, WebContents>();
let last = 0;

export class WebContents extends EventEmitter {
  readonly id = (last += 1);
  readonly session: Session;
  mainFrame: WebFrame = { url: '', origin: 'null', parent: null };
  readonly #owner: ContentsOwner;
  readonly #preferences: WebPreferences;
  #link: PageLink | null = null;
  #making: Promise<PageLink> | null = null;
  #openHandler: OpenHandler = () => ({ action: 'allow' });
  #title = '';
  #crashed = false;
  #destroyed = false;
  #muted = false;
  #zoomLevel = 0;
  #throttled: boolean;
  #loading = false;
  readonly #onTheme = (): void => this.#link?.setScheme(nativeTheme.standInScheme);

  constructor(owner: ContentsOwner, preferences: WebPreferences) {
    super();
    this.#owner = owner;
    this.#preferences = preferences;
    this.#throttled = preferences.backgroundThrottling ?? true;
    this.session = preferences.partition === undefined ? session.defaultSession : session.fromPartition(preferences.partition);
    contents.set(this.id, this);
    nativeTheme.on('updated', this.#onTheme);
    tellApp('web-contents-created', plainEvent(), this);
  }

  static getAllWebContents(): WebContents[] {
    return [...contents.values()];
  }

  static fromId(id: number): WebContents | undefined {
    return contents.get(id);
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  isCrashed(): boolean {
    return this.#crashed;
  }

  isLoading(): boolean {
    return this.#loading;
  }

  getURL(): string {
    return this.mainFrame.url;
  }

  getTitle(): string {
    return this.#title;
  }

  getType(): 'window' {
    return 'window';
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  setAudioMuted(muted: boolean): void {
    this.#muted = muted;
    this.#link?.setAudioMuted(muted);
  }

  isAudioMuted(): boolean {
    return this.#muted;
  }

  setZoomLevel(level: number): void {
    this.#zoomLevel = level;
  }

  getZoomLevel(): number {
    return this.#zoomLevel;
  }

  replaceMisspelling(word: string): void {
    recorded(`webContents.replaceMisspelling ${word}`);
  }

  setBackgroundThrottling(allowed: boolean): void {
    this.#throttled = allowed;
    this.standInLooksChanged();
  }

  getBackgroundThrottling(): boolean {
    return this.#throttled;
  }

  send(channel: string, ...args: unknown[]): void {
    checkCarried(args);
    this.#link?.deliver({ kind: 'send', channel, args });
  }

  /** Resolves when the page is loaded; a page that crashed is replaced by a new one. */
  async loadURL(url: string): Promise<void> {
    this.#loading = true;
    const link = await this.#liveLink();
    await applyPermissions((await runningChromium()).session, this.session, this, new URL(toServed(url)).origin, `${originOf(url)}/`);
    await this.#load(url, () => link.goto(url));
  }

  reload(): void {
    const url = this.mainFrame.url;
    if (!this.#link || this.#crashed) void this.loadURL(url).catch(() => undefined);
    else {
      const link = this.#link;
      void this.#load(url, () => link.reload()).catch(() => undefined);
    }
  }

  reloadIgnoringCache(): void {
    this.reload();
  }

  async #load(url: string, run: () => Promise<unknown>): Promise<void> {
    this.#loading = true;
    this.emit('did-start-loading');
    try {
      await run();
    } catch (error) {
      const reason = error instanceof Error ? (/net::(ERR_\w+)/.exec(error.message)?.[1] ?? 'ERR_FAILED') : 'ERR_FAILED';
      if (!this.#destroyed && !this.#crashed)
        this.emit('did-fail-load', plainEvent(), reason === 'ERR_ABORTED' ? -3 : -2, reason, url, true, 0, 0);
      throw new Error(`${reason} loading '${url}'`, { cause: error });
    } finally {
      this.#loading = false;
      if (!this.#destroyed) this.emit('did-stop-loading');
    }
  }

  forcefullyCrashRenderer(): void {
    this.#link?.crash();
  }

  focus(): void {
    // The window has the focus, or not; a page has none beside.
  }

  close(): void {
    if (this.#link && !this.#crashed) this.#link.close();
    else this.#end();
  }

  /** The page that lives; a page that a crash took is taken away. */
  #liveLink(): Promise<PageLink> {
    this.#making ??= this.#makeLink();
    return this.#making;
  }

  async #makeLink(): Promise<PageLink> {
    await this.#link?.discard();
    const { preload, additionalArguments = [] } = this.#preferences;
    let hasRendered = false;
    const owner: PageOwner = {
      fromPreload: (message, frameId, isMainFrame) => this.#fromPreload(message, frameId, isMainFrame),
      fromPage: (message) => this.#fromPage(message),
      mayNavigate: (asked) => mayNavigate(this, asked),
      navigated: (url, status) => {
        this.mainFrame = { url: toSource(url), origin: originOf(url), parent: null };
        this.emit('did-navigate', plainEvent(), this.mainFrame.url, status, '');
      },
      loaded: () => {
        this.emit('dom-ready');
        if (!hasRendered) this.#owner.rendered();
        hasRendered = true;
        this.emit('did-finish-load');
      },
      popup: (url) => this.#open(url, '', '', 'foreground-tab'),
      crashed: () => {
        this.#crashed = true;
        this.#making = null;
        const details = { reason: 'crashed', exitCode: 133 };
        this.emit('render-process-gone', plainEvent(), details);
        tellApp('render-process-gone', plainEvent(), this, details);
      },
      closed: () => this.#end(),
    };
    this.#link = await PageLink.make(owner, {
      preload: preload === undefined ? '' : readFileSync(preload, 'utf8'),
      argv: [process.execPath, ...additionalArguments],
      size: this.#owner.size,
      looks: this.#looks,
      scheme: nativeTheme.standInScheme,
    });
    this.#crashed = false;
    if (this.#destroyed) await this.#link.discard();
    return this.#link;
  }

  get #looks(): Looks {
    const { focused, visible } = this.#owner.looks;
    // Without throttling a page is told that it is visible, whatever becomes of its window.
    return { focused, visible: visible || !this.#throttled };
  }

  standInLooksChanged(): void {
    this.#link?.setLooks(this.#looks);
  }

  standInResized(width: number, height: number): void {
    this.#link?.setSize(width, height);
  }

  get standInTarget(): string | null {
    return this.#link?.targetId ?? null;
  }

  #end(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    contents.delete(this.id);
    nativeTheme.off('updated', this.#onTheme);
    this.#link?.discard().catch(() => undefined);
    Object.setPrototypeOf(this, DESTROYED);
    this.emit('destroyed');
  }

  #fromPreload(message: FromPreload, frameId: string, isMainFrame: boolean): void {
    const foreign = this.#link?.urlOfFrame(frameId) ?? 'about:blank';
    const senderFrame: WebFrame = isMainFrame
      ? this.mainFrame
      : { url: toSource(foreign), origin: originOf(foreign), parent: this.mainFrame };
    if (message.kind !== 'failed') receiveIpc(this, senderFrame, message, (answer) => this.#link?.deliver(answer));
    else {
      const error = Object.assign(new Error(message.message), { stack: message.stack });
      process.stderr.write(`the preload failed: ${message.stack}\n`);
      this.emit('preload-error', plainEvent(), this.#preferences.preload ?? '', error);
    }
  }

  #fromPage(message: FromPage): void {
    if (message.kind === 'close') this.close();
    else if (message.kind === 'open') this.#open(message.url, message.frameName, message.features, message.disposition);
    else if (message.kind === 'title') {
      this.#title = message.title;
      this.#owner.titled(message.title);
    } else {
      const { id } = message;
      void refusalOf(this, message).then((refusal) => this.#link?.tellPage({ kind: 'capture', id, refusal }));
    }
  }

  #open(url: string, frameName: string, features: string, disposition: string): void {
    const details = {
      url: toSource(url),
      frameName,
      features,
      disposition,
      referrer: { url: this.mainFrame.url, policy: 'strict-origin-when-cross-origin' },
    };
    const response = this.#openHandler(details as HandlerDetails);
    if (response.action === 'allow') this.#owner.openWindow(details.url, response);
  }
}

const DESTROYED = destroyedPrototype(WebContents.prototype);

export const webContents = strict('webContents', {
  getAllWebContents: (): WebContents[] => WebContents.getAllWebContents(),
  fromId: (id: number): WebContents | undefined => WebContents.fromId(id),
});
