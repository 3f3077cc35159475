/** Ahoy as a person has it: a host process with a profile of its own, and its pages in Chromium. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test as base, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { chromiumLaunch } from '../../support/chromium.ts';
import type { ChildProgram } from '../../support/child-program.ts';
import { openElectronStandIn, openNodeHost, type OpenedHost } from './opened-host.ts';

export interface Profile {
  readonly folder: string;
  readonly context: BrowserContext;
  readonly page: Page;
  /** Whether the page stays when its host ends: a browser's does, a window of Electron's does not. */
  readonly pageOutlivesHost: boolean;
  readonly host: () => ChildProgram;
  /** Kills the host at once, as a crash would. */
  kill(): Promise<void>;
  /** Starts the host again with the same profile. */
  restart(): Promise<void>;
  /** Opens a window's own address, for a page that lost its cookie or a new browser. */
  readonly address: () => string;
  /** The call window that opens while `action` runs. */
  callWindow(action: () => Promise<unknown>): Promise<Page>;
}

interface Fixtures {
  readonly openProfile: (name?: string) => Promise<Profile>;
}

interface WorkerFixtures {
  readonly sharedBrowser: Browser;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  sharedBrowser: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures wanted from the pattern
    async ({}, use) => {
      const browser = await chromium.launch(chromiumLaunch);
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
  openProfile: async ({ sharedBrowser }, use, info) => {
    const folders: string[] = [];
    const stops: (() => Promise<void>)[] = [];
    const isElectron = info.project.name === 'electron-stand-in';
    const open = (folder: string, before: OpenedHost | null): Promise<OpenedHost> =>
      isElectron ? openElectronStandIn(folder) : openNodeHost(folder, sharedBrowser, before);
    await use(async (name = 'me') => {
      const folder = mkdtempSync(join(tmpdir(), `ahoy-e2e-${name}-`));
      folders.push(folder);
      let host = await open(folder, null);
      const problems: string[] = [];
      const watch = (): void => {
        host.context.on('weberror', (error) => problems.push(error.error().message));
      };
      watch();
      if (!isElectron) await host.page.goto(host.address);
      stops.push(async () => {
        if (info.status !== info.expectedStatus)
          process.stdout.write(`--- ${name}\n${host.program.output()}\n${problems.join('\n')}\n${logOf(folder)}\n`);
        if (!isElectron) await host.close();
        await host.program.stop('SIGINT');
        if (isElectron) await host.close().catch(() => undefined);
        expect(problems, 'errors in pages').toEqual([]);
      });
      return {
        folder,
        get context() {
          return host.context;
        },
        get page() {
          return host.page;
        },
        pageOutlivesHost: !isElectron,
        host: () => host.program,
        address: () => host.address,
        async kill() {
          await host.program.stop('SIGKILL');
          await host.loseWindows();
        },
        async restart() {
          host = await open(folder, host);
          if (isElectron) watch();
        },
        async callWindow(action) {
          const [window] = await Promise.all([host.context.waitForEvent('page'), action()]);
          return window;
        },
      };
    });
    for (const stop of stops) await stop();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  },
});

export { expect };

/** The end of the host's own log, for a test that failed. */
function logOf(folder: string): string {
  try {
    return readFileSync(join(folder, 'log', 'ahoy.log'), 'utf8').slice(-6000);
  } catch {
    return 'no log';
  }
}
