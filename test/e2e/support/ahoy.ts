/** Ahoy as a person has it: a host process with a profile of its own, and its pages in Chromium. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test as base, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { chromiumLaunch } from '../../support/chromium.ts';
import type { ChildProgram } from '../../support/child-program.ts';
import { openElectronStandIn, openNodeHost, openRealElectron, realElectron, type OpenedHost, type StartOptions } from './opened-host.ts';
import type { StandIn } from './stand-in.ts';

export interface Profile {
  readonly folder: string;
  readonly context: BrowserContext;
  readonly page: Page;
  /** Whether the page stays when its host ends: a browser's does, a window of Electron's does not. */
  readonly pageOutlivesHost: boolean;
  readonly host: () => ChildProgram;
  /** The desktop around it; throws where the host is not on the stand-in. */
  readonly standIn: StandIn;
  /** Kills the host at once, as a crash would. */
  kill(): Promise<void>;
  /** Starts the host again with the same profile. */
  restart(): Promise<void>;
  /** Opens a window's own address, for a page that lost its cookie or a new browser. */
  readonly address: () => string;
  /** The call window that opens while `action` runs. */
  callWindow(action: () => Promise<unknown>): Promise<Page>;
}

export interface ProfileOptions extends StartOptions {
  /** Tells the profiles of one test apart in what it prints. */
  readonly name?: string;
}

export type OpenProfile = (options?: string | ProfileOptions) => Promise<Profile>;

interface Fixtures {
  readonly openProfile: OpenProfile;
  readonly electronIsThere: undefined;
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
  electronIsThere: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures wanted from the pattern
    async ({}, use, info) => {
      const runtime = info.project.name === 'electron' ? realElectron() : null;
      if (runtime && 'reason' in runtime) {
        process.stdout.write(`${runtime.reason}\n`);
        info.skip(true, runtime.reason);
      }
      await use(undefined);
    },
    { auto: true },
  ],
  openProfile: async ({ sharedBrowser }, use, info) => {
    const folders: string[] = [];
    const stops: (() => Promise<void>)[] = [];
    const isElectron = info.project.name !== 'node-host';
    const open = (folder: string, before: OpenedHost | null, options: StartOptions): Promise<OpenedHost> => {
      if (info.project.name === 'electron-stand-in') return openElectronStandIn(folder, options);
      const runtime = isElectron ? realElectron() : null;
      if (runtime && 'program' in runtime) return openRealElectron(folder, runtime.program, options);
      return openNodeHost(folder, sharedBrowser, before, options);
    };
    await use(async (wanted = {}) => {
      const options = typeof wanted === 'string' ? { name: wanted } : wanted;
      const { name = 'me' } = options;
      const folder = mkdtempSync(join(tmpdir(), `ahoy-e2e-${name}-`));
      folders.push(folder);
      let host = await open(folder, null, options);
      const problems: string[] = [];
      const watch = (): void => {
        host.context.on('weberror', (error) => problems.push(error.error().message));
      };
      watch();
      if (!isElectron) await host.page.goto(host.address);
      stops.push(async () => {
        if (info.status !== info.expectedStatus)
          process.stdout.write(`--- ${name}\n${withoutAnswers(host.program.output())}\n${problems.join('\n')}\n${logOf(folder)}\n`);
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
        get standIn() {
          if (!host.standIn) throw new Error(`only the project electron-stand-in has a desktop to drive; this is ${info.project.name}`);
          return host.standIn;
        },
        address: () => host.address,
        async kill() {
          await host.program.stop('SIGKILL');
          await host.loseWindows();
        },
        async restart() {
          host = await open(folder, host, options);
          if (isElectron) watch();
        },
        async callWindow(action) {
          const before = new Set(host.context.pages());
          await action();
          const opened = (): Page | undefined =>
            host.context.pages().find((page) => !before.has(page) && page.url().includes('/call.html'));
          await expect.poll(() => opened() !== undefined, { timeout: 15_000, message: 'a call window' }).toBe(true);
          return opened()!;
        },
      };
    });
    for (const stop of stops) await stop();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  },
});

export { expect };

/** What a program said, without what the driver asked of it. */
function withoutAnswers(output: string): string {
  return output.replace(/^stand-in answer .*\n/gm, '');
}

/** The end of the host's own log, for a test that failed. */
function logOf(folder: string): string {
  try {
    return readFileSync(join(folder, 'log', 'ahoy.log'), 'utf8').slice(-6000);
  } catch {
    return 'no log';
  }
}
