/** One live page of Chromium behind a webContents: its scripts, its worlds, and what passes between it and main. */
import type { CDPSession, Page } from '@playwright/test';
import { runningChromium } from './chromium.ts';
import { initialLooksScript, PAGE_BINDING, pageSideScript, type FromPage, type Looks, type ToPage } from './page-world.ts';
import { toServed, toSource } from './protocol.ts';
import { serveRequests, type NavigationAsked } from './requests.ts';
import { DELIVER, IPC_BINDING, PRELOAD_WORLD, preloadScript, SYSTEM, type FromPreload } from './worlds.ts';

export interface PageOwner {
  fromPreload(message: FromPreload, frameId: string, isMainFrame: boolean): void;
  fromPage(message: FromPage): void;
  /** Whether the navigation may go on. */
  mayNavigate(asked: NavigationAsked): boolean;
  navigated(url: string, status: number): void;
  loaded(): void;
  popup(url: string): void;
  crashed(): void;
  closed(): void;
}

export interface PageSetup {
  readonly preload: string;
  readonly argv: readonly string[];
  readonly size: { readonly width: number; readonly height: number };
  readonly looks: Looks;
  readonly scheme: 'light' | 'dark' | null;
}

const PATIENCE_MS = 2_000;

export class PageLink {
  readonly #owner: PageOwner;
  readonly #page: Page;
  readonly #session: CDPSession;
  readonly targetId: string;
  /** Frame of each preload context, so that a foreign frame's IPC is told from the main frame's. */
  readonly #contexts = new Map<number, string>();
  readonly #urls = new Map<string, string>();
  #mainFrameId = '';
  #preloadContext: number | null = null;
  #looksScript: string | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #ended = false;
  /** Where main sends the page itself: nobody is asked for that. */
  #commanded: string | null = null;
  #status = 200;

  static async make(owner: PageOwner, setup: PageSetup): Promise<PageLink> {
    const { context } = await runningChromium();
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    const { targetInfo } = await session.send('Target.getTargetInfo');
    const link = new PageLink(owner, page, session, targetInfo.targetId);
    await link.#prepare(setup);
    return link;
  }

  private constructor(owner: PageOwner, page: Page, session: CDPSession, targetId: string) {
    this.#owner = owner;
    this.#page = page;
    this.#session = session;
    this.targetId = targetId;
  }

  get mainFrameId(): string {
    return this.#mainFrameId;
  }

  urlOfFrame(frameId: string): string {
    return this.#urls.get(frameId) ?? 'about:blank';
  }

  async #prepare({ preload, argv, size, looks, scheme }: PageSetup): Promise<void> {
    const [page, session] = [this.#page, this.#session];
    await page.setViewportSize({ width: size.width, height: size.height });
    this.#listen();
    await session.send('Page.enable');
    this.#mainFrameId = (await session.send('Page.getFrameTree')).frameTree.frame.id;
    await session.send('Runtime.enable');
    await session.send('Runtime.addBinding', { name: PAGE_BINDING });
    await session.send('Runtime.addBinding', { name: IPC_BINDING, executionContextName: PRELOAD_WORLD });
    await session.send('Page.addScriptToEvaluateOnNewDocument', { source: pageSideScript() });
    await session.send('Page.addScriptToEvaluateOnNewDocument', {
      source: preloadScript(preload, { argv, versions: process.versions, platform: process.platform }),
      worldName: PRELOAD_WORLD,
    });
    if (scheme !== null) await this.#emulateScheme(scheme);
    this.setLooks(looks);
    await serveRequests(page, {
      mayNavigate: (asked) => {
        if (!asked.isMainFrame || this.#commanded !== asked.url) return this.#owner.mayNavigate(asked);
        this.#commanded = null;
        return true;
      },
      answered: (status) => {
        this.#status = status;
      },
    });
  }

  #listen(): void {
    const [page, session] = [this.#page, this.#session];
    page.once('close', () => {
      if (this.#ended) return;
      this.#ended = true;
      this.#owner.closed();
    });
    page.on('crash', () => {
      if (this.#ended) return;
      this.#ended = true;
      this.#owner.crashed();
    });
    page.on('load', () => this.#owner.loaded());
    page.on('popup', (popup) => {
      this.#owner.popup(popup.url());
      void popup.close().catch(() => undefined);
    });
    session.on('Runtime.executionContextCreated', ({ context: made }) => {
      if (made.name !== PRELOAD_WORLD) return;
      const { frameId } = made.auxData as { frameId: string };
      this.#contexts.set(made.id, frameId);
      if (frameId === this.#mainFrameId) this.#preloadContext = made.id;
    });
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => this.#contexts.delete(executionContextId));
    session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (this.#ended) return;
      if (name === PAGE_BINDING) this.#owner.fromPage(JSON.parse(payload) as FromPage);
      else if (name === IPC_BINDING) {
        const frameId = this.#contexts.get(executionContextId) ?? '';
        this.#owner.fromPreload(JSON.parse(payload) as FromPreload, frameId, frameId === this.#mainFrameId);
      }
    });
    session.on('Page.frameNavigated', ({ frame }) => {
      this.#urls.set(frame.id, frame.url);
      if (frame.parentId !== undefined || this.#ended) return;
      this.#mainFrameId = frame.id;
      this.#preloadContext = [...this.#contexts].filter(([, id]) => id === frame.id).at(-1)?.[0] ?? null;
      this.#owner.navigated(frame.url, this.#status);
    });
  }

  /** One after the other, so that what main sends arrives in its order. */
  #then(run: () => Promise<unknown>): void {
    this.#queue = this.#queue.then(async () => {
      if (!this.#ended) await run().catch(() => undefined);
    });
  }

  #inPreload(name: string, message: unknown): void {
    this.#then(async () => {
      if (this.#preloadContext === null) return;
      const expression = `${name}(${JSON.stringify(message)})`;
      await this.#session.send('Runtime.evaluate', { expression, contextId: this.#preloadContext });
    });
  }

  deliver(message: unknown): void {
    this.#inPreload(DELIVER, message);
  }

  tellPage(message: ToPage): void {
    this.#inPreload(SYSTEM, message);
  }

  /** For the document that is there, and for those that come. */
  setLooks(looks: Looks): void {
    this.tellPage({ kind: 'looks', initial: false, ...looks });
    this.#then(async () => {
      const old = this.#looksScript;
      const added = await this.#session.send('Page.addScriptToEvaluateOnNewDocument', { source: initialLooksScript(looks) });
      this.#looksScript = added.identifier;
      if (old !== null) await this.#session.send('Page.removeScriptToEvaluateOnNewDocument', { identifier: old });
    });
  }

  setSize(width: number, height: number): void {
    this.#then(() => this.#page.setViewportSize({ width, height }));
  }

  setScheme(scheme: 'light' | 'dark' | null): void {
    this.#then(() => this.#emulateScheme(scheme));
  }

  async #emulateScheme(scheme: 'light' | 'dark' | null): Promise<void> {
    await this.#session.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme ?? '' }] });
  }

  setAudioMuted(muted: boolean): void {
    // Chromium mutes no tab by its debugging port; the page's own elements are.
    this.#then(() =>
      this.#session.send('Runtime.evaluate', {
        expression: `document.querySelectorAll('audio, video').forEach((element) => { element.muted = ${String(muted)}; })`,
      }),
    );
  }

  async goto(url: string): Promise<void> {
    await this.#queue;
    this.#commanded = new URL(url).href;
    await this.#page.goto(toServed(url));
  }

  async reload(): Promise<void> {
    this.#commanded = toSource(this.#page.url());
    await this.#page.reload();
  }

  crash(): void {
    void this.#session.send('Page.crash').catch(() => undefined);
  }

  /** Closes the page; a page that does not answer is left behind. */
  close(): void {
    void this.#page.close().catch(() => undefined);
    setTimeout(() => {
      if (this.#ended) return;
      this.#ended = true;
      this.#owner.closed();
    }, PATIENCE_MS).unref();
  }

  /** Takes a crashed page away. */
  async discard(): Promise<void> {
    this.#ended = true;
    const { session } = await runningChromium();
    await session.send('Target.closeTarget', { targetId: this.targetId }).catch(() => undefined);
  }
}
