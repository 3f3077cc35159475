/** Ahoy as a person has it: a host process with a profile of its own, and its pages in Chromium. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test as base, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { startProgram, type ChildProgram } from '../../support/child-program.ts';

const CHROMIUM = process.env['AHOY_CHROMIUM'] ?? '/usr/bin/chromium';
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  '--allow-loopback-in-peer-connection',
  '--autoplay-policy=no-user-gesture-required',
  '--disable-renderer-backgrounding',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
];

export interface Profile {
  readonly folder: string;
  readonly context: BrowserContext;
  readonly page: Page;
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
      const browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
  openProfile: async ({ sharedBrowser }, use, info) => {
    const folders: string[] = [];
    const stops: (() => Promise<void>)[] = [];
    await use(async (name = 'me') => {
      const folder = mkdtempSync(join(tmpdir(), `ahoy-e2e-${name}-`));
      folders.push(folder);
      let host = startHost(folder);
      let address = await addressOf(host);
      const context = await sharedBrowser.newContext({ viewport: { width: 1100, height: 760 } });
      const page = await context.newPage();
      const problems: string[] = [];
      context.on('weberror', (error) => problems.push(error.error().message));
      await page.goto(address);
      stops.push(async () => {
        if (info.status !== info.expectedStatus)
          process.stdout.write(`--- ${name}\n${host.output()}\n${problems.join('\n')}\n${logOf(folder)}\n`);
        await context.close();
        await host.stop('SIGINT');
        expect(problems, 'errors in pages').toEqual([]);
      });
      return {
        folder,
        context,
        page,
        host: () => host,
        address: () => address,
        async kill() {
          await host.stop('SIGKILL');
        },
        async restart() {
          host = startHost(folder);
          address = await addressOf(host);
        },
        async callWindow(action) {
          const [window] = await Promise.all([context.waitForEvent('page'), action()]);
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

function startHost(profile: string): ChildProgram {
  return startProgram(process.execPath, ['out/main/node.js', '--profile', profile, '--no-open']);
}

async function addressOf(host: ChildProgram): Promise<string> {
  return (await host.waitFor(/Ahoy is at (http\S+)/))[1]!;
}
