/** webContents over a real page: IPC with the preload's world, navigation guards, windows that may not open. */
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { CDPSession, Page } from '@playwright/test';
import { browserContext } from './chromium.ts';
import { ipcMain } from './ipc-main.ts';
import { handlerOf, toServed, toSource } from './protocol.ts';
import { mediaIsGranted } from './session.ts';
import { DELIVER, IPC_BINDING, PAGE_BINDING, pageSideScript, PRELOAD_WORLD, preloadScript } from './worlds.ts';

export interface WebFrame {
  readonly url: string;
  readonly origin: string;
}

type OpenHandler = (details: { url: string }) => { action: 'allow' | 'deny' };

export class WebContents extends EventEmitter {
  mainFrame: WebFrame = { url: 'about:blank', origin: 'null' };
  #page: Page | null = null;
  #session: CDPSession | null = null;
  #mainFrameId = '';
  #preloadContext: number | null = null;
  /** Frame of each preload context, so that a foreign frame's IPC is told from the main frame's. */
  readonly #frames = new Map<number, string>();
  #queue: Promise<unknown> = Promise.resolve();
  #openHandler: OpenHandler = () => ({ action: 'deny' });
  #destroyed = false;

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  send(channel: string, ...args: unknown[]): void {
    this.#queue = this.#queue.then(async () => {
      if (this.#preloadContext === null || !this.#session || this.#destroyed) return;
      await this.#session
        .send('Runtime.evaluate', {
          expression: `${DELIVER}(${JSON.stringify(channel)}, ${JSON.stringify(args)})`,
          contextId: this.#preloadContext,
        })
        .catch(() => undefined);
    });
  }

  /** Makes the page; resolves when it is loaded. */
  async load(url: string, preload: string, size: { width: number; height: number }): Promise<void> {
    const context = await browserContext();
    const page = await context.newPage();
    this.#page = page;
    await page.setViewportSize(size);
    const session = await context.newCDPSession(page);
    this.#session = session;
    page.once('close', () => {
      this.#end();
    });
    page.on('crash', () => {
      this.emit('render-process-gone', {}, { reason: 'crashed' });
    });
    session.on('Runtime.executionContextCreated', ({ context: made }) => {
      if (made.name !== PRELOAD_WORLD) return;
      const frameId = (made.auxData as { frameId: string }).frameId;
      this.#frames.set(made.id, frameId);
      if (frameId === this.#mainFrameId) this.#preloadContext = made.id;
    });
    session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === IPC_BINDING) this.#receive(payload, executionContextId);
      else if (name === PAGE_BINDING) this.#pageAsks(payload);
    });
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId !== undefined) return;
      this.#mainFrameId = frame.id;
      this.mainFrame = {
        url: toSource(frame.url),
        origin: new URL(toSource(frame.url)).protocol === 'app:' ? 'app://ahoy' : new URL(frame.url).origin,
      };
      this.#preloadContext =
        [...this.#frames]
          .filter(([, id]) => id === frame.id)
          .map(([id]) => id)
          .at(-1) ?? null;
      this.emit('did-navigate', {}, this.mainFrame.url);
    });
    await session.send('Page.enable');
    this.#mainFrameId = (await session.send('Page.getFrameTree')).frameTree.frame.id;
    await session.send('Runtime.enable');
    await session.send('Runtime.addBinding', { name: PAGE_BINDING });
    await session.send('Runtime.addBinding', { name: IPC_BINDING, executionContextName: PRELOAD_WORLD });
    await session.send('Page.addScriptToEvaluateOnNewDocument', { source: pageSideScript() });
    await session.send('Page.addScriptToEvaluateOnNewDocument', {
      source: preloadScript(readFileSync(preload, 'utf8')),
      worldName: PRELOAD_WORLD,
    });
    if (!mediaIsGranted())
      await session.send('Browser.setPermission', { permission: { name: 'microphone' }, setting: 'denied' }).catch(() => undefined);
    await page.route('**/*', async (route) => {
      const asked = toSource(route.request().url());
      const isMainNavigation = route.request().isNavigationRequest() && route.request().frame() === page.mainFrame();
      if (isMainNavigation && this.mainFrame.url.startsWith('app:') && !this.#mayNavigate(asked)) {
        await route.abort('aborted');
        return;
      }
      const handler = handlerOf(asked);
      if (!handler) {
        await route.abort('blockedbyclient');
        return;
      }
      const response = await handler(new Request(asked));
      await route.fulfill({
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: Buffer.from(await response.arrayBuffer()),
      });
    });
    await page.goto(toServed(url));
  }

  close(): void {
    void this.#page?.close().catch(() => undefined);
  }

  /** Ends with the process: no page is told, as when the runtime dies. */
  #end(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.emit('destroyed');
  }

  #mayNavigate(url: string): boolean {
    let prevented = false;
    this.emit('will-navigate', { preventDefault: () => (prevented = true), url }, url);
    return !prevented;
  }

  #receive(payload: string, contextId: number): void {
    const { channel, args } = JSON.parse(payload) as { channel: string; args: unknown[] };
    const isMain = this.#frames.get(contextId) === this.#mainFrameId;
    const senderFrame: WebFrame = isMain ? this.mainFrame : { url: 'about:blank', origin: 'null' };
    ipcMain.emit(channel, { sender: this, senderFrame }, ...args);
  }

  #pageAsks(payload: string): void {
    const asked = JSON.parse(payload) as { kind: 'close' } | { kind: 'open'; url: string };
    if (asked.kind === 'close') this.close();
    else this.#openHandler({ url: asked.url });
  }
}
