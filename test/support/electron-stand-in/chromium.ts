/** The one Chromium behind the stand-in, driven over its debugging port; its pages are the windows. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type CDPSession } from '@playwright/test';
import { CHROMIUM_ARGUMENTS, CHROMIUM_PATH } from '../chromium.ts';

export interface RunningChromium {
  readonly context: BrowserContext;
  /** The browser itself, not a page of it. */
  readonly session: CDPSession;
}

let started: Promise<RunningChromium> | null = null;

/** Starts it once. Prints the address at which a test can attach to the same pages. */
export function runningChromium(): Promise<RunningChromium> {
  started ??= start();
  return started;
}

async function start(): Promise<RunningChromium> {
  const folder = mkdtempSync(join(tmpdir(), 'ahoy-stand-in-'));
  const child = spawn(
    CHROMIUM_PATH,
    ['--headless=new', ...CHROMIUM_ARGUMENTS, '--remote-debugging-port=0', `--user-data-dir=${folder}`, 'about:blank'],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  process.once('exit', () => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  });
  const endpoint = await new Promise<string>((resolve, reject) => {
    let output = '';
    child.stderr.on('data', (more: Buffer) => {
      output += more.toString();
      const found = /DevTools listening on (ws:\S+)/.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', () => {
      reject(new Error(`Chromium ended: ${output.slice(-2000)}`));
    });
  });
  const browser = await chromium.connectOverCDP(endpoint);
  const context = browser.contexts()[0];
  if (!context) throw new Error('Chromium has no default context');
  const session = await browser.newBrowserCDPSession();
  process.stdout.write(`stand-in browser at ${endpoint}\n`);
  return { context, session };
}
