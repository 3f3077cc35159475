/** The ways a host is opened: the Node host with a page in a shared Chromium, or the Electron host on its stand-in. */
import { chromium, expect, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { startProgram, type ChildProgram } from '../../support/child-program.ts';

export interface OpenedHost {
  readonly program: ChildProgram;
  /** The address of the main window; for Electron its app: URL. */
  readonly address: string;
  readonly context: BrowserContext;
  readonly page: Page;
  /** Ends what belongs to the host alone. */
  close(): Promise<void>;
  /** After the host was killed: its windows go with it, where they are its own. */
  loseWindows(): Promise<void>;
}

/** The Node host; `before`: the page of an earlier run, which stays open over a restart. */
export async function openNodeHost(folder: string, browser: Browser, before: OpenedHost | null): Promise<OpenedHost> {
  const program = startProgram(process.execPath, ['out/main/node.js', '--profile', folder, '--no-open']);
  const address = (await program.waitFor(/Ahoy is at (http\S+)/))[1]!;
  if (before) return { ...before, program, address };
  const context = await browser.newContext({ viewport: { width: 1100, height: 760 } });
  const page = await context.newPage();
  return { program, address, context, page, close: () => context.close(), loseWindows: () => Promise.resolve() };
}

/** The built Electron main and preload, unchanged, on the stand-in; its windows are attached to by debugging port. */
export async function openElectronStandIn(folder: string): Promise<OpenedHost> {
  const program = startProgram(process.execPath, [
    '--import',
    './test/support/electron-stand-in/register.js',
    'out/main/electron.js',
    `--profile=${folder}`,
  ]);
  const endpoint = (await program.waitFor(/stand-in browser at (ws:\S+)/))[1]!;
  const browser = await chromium.connectOverCDP(endpoint);
  const context = browser.contexts()[0]!;
  // The page may be there, be on its way, or not be made yet.
  await expect.poll(() => mainPage(context) !== undefined, { timeout: 15_000 }).toBe(true);
  const page = mainPage(context)!;
  await page.waitForLoadState();
  return {
    program,
    address: 'app://ahoy/index.html',
    context,
    page,
    close: () => browser.close(),
    loseWindows: async () => {
      // Chromium outlives the killed stand-in; Electron's windows would not outlive Electron.
      await (await browser.newBrowserCDPSession()).send('Browser.close').catch(() => undefined);
    },
  };
}

function mainPage(context: BrowserContext): Page | undefined {
  return context.pages().find((page) => page.url().endsWith('/index.html'));
}
