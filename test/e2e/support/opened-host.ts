/** The ways a host is opened: the Node host with a page in a shared Chromium, the Electron host on its stand-in, or in Electron. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, chromium, expect, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { startProgram, type ChildProgram } from '../../support/child-program.ts';
import { passphraseFor } from '../../support/node-host.ts';
import { StandIn, standInCommand } from './stand-in.ts';

export interface OpenedHost {
  readonly program: ChildProgram;
  /** The address of the main window; for Electron its app: URL. */
  readonly address: string;
  readonly context: BrowserContext;
  readonly page: Page;
  /** Drives the desktop around it, where that is the stand-in's. */
  readonly standIn: StandIn | null;
  /** Ends what belongs to the host alone. */
  close(): Promise<void>;
  /** After the host was killed: its windows go with it, where they are its own. */
  loseWindows(): Promise<void>;
}

export interface StartOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** The Node host; `before`: the page of an earlier run, which stays open over a restart. */
export async function openNodeHost(
  folder: string,
  browser: Browser,
  before: OpenedHost | null,
  { args = [], env = {} }: StartOptions = {},
): Promise<OpenedHost> {
  const program = startProgram(
    process.execPath,
    ['out/main/node.js', '--profile', folder, '--no-open', ...passphraseFor(folder), ...args],
    {
      env: { ...process.env, ...env },
    },
  );
  const address = (await program.waitFor(/Ahoy is at (http\S+)/))[1]!;
  if (before) return { ...before, program, address };
  const context = await browser.newContext({ viewport: { width: 1100, height: 760 } });
  // Nobody here answers the browser's question about alerts; that it is asked, the component tests show.
  await context.addInitScript(() => {
    if (location.protocol === 'http:') localStorage.setItem('ahoy.alerts-declined', 'yes');
  });
  const page = await context.newPage();
  return { program, address, context, page, standIn: null, close: () => context.close(), loseWindows: () => Promise.resolve() };
}

export interface OpenedStandIn {
  readonly program: ChildProgram;
  readonly context: BrowserContext;
  readonly standIn: StandIn;
  close(): Promise<void>;
  loseWindows(): Promise<void>;
}

/** An entry on the stand-in, unchanged, whether it opens a window or not; its windows are attached to by debugging port. */
export async function startOnStandIn(folder: string, entry: string, { args = [], env = {} }: StartOptions = {}): Promise<OpenedStandIn> {
  const start = (more: readonly string[]): ReturnType<typeof standInCommand> => standInCommand(entry, folder, more, env);
  const started = start(args);
  const program = startProgram(process.execPath, started.command, { env: started.env });
  const endpoint = (await program.waitFor(/stand-in browser at (ws:\S+)/))[1]!;
  const browser = await chromium.connectOverCDP(endpoint);
  const context = browser.contexts()[0]!;
  return {
    program,
    context,
    standIn: new StandIn(program, context, start),
    close: () => browser.close(),
    loseWindows: async () => {
      // Chromium outlives the killed stand-in; Electron's windows would not outlive Electron.
      await browser
        .newBrowserCDPSession()
        .then((session) => session.send('Browser.close'))
        .catch(() => undefined);
    },
  };
}

const MAIN = 'app://ahoy/index.html';

/** The built Electron main and preload on the stand-in. The main window's page is there even where the window is hidden. */
export async function openElectronStandIn(folder: string, options: StartOptions = {}): Promise<OpenedHost> {
  const opened = await startOnStandIn(folder, 'out/main/electron.js', options);
  // The page may be there, be on its way, or not be made yet.
  await expect.poll(() => mainPage(opened.context) !== undefined, { timeout: 15_000 }).toBe(true);
  const page = mainPage(opened.context)!;
  await page.waitForLoadState();
  return { ...opened, address: MAIN, page };
}

function mainPage(context: BrowserContext): Page | undefined {
  return context.pages().find((page) => page.url().endsWith('/index.html'));
}

/** Electron's runtime, or why there is none: ELECTRON_RUNTIME, or what npm's package downloaded. */
export function realElectron(): { readonly program: string } | { readonly reason: string } {
  const given = process.env['ELECTRON_RUNTIME'];
  const folder = join('node_modules', 'electron');
  const named = join(folder, 'path.txt');
  const downloaded = join(folder, 'dist', existsSync(named) ? readFileSync(named, 'utf8').trim() : 'electron');
  const places = given === undefined ? [downloaded] : [given, downloaded];
  const program = places.find((place) => existsSync(place));
  return program === undefined
    ? { reason: `not run: no Electron runtime here (looked in ${places.join(', ')}; ELECTRON_RUNTIME can name one)` }
    : { program };
}

/** The built main and preload in Electron itself. */
export async function openRealElectron(folder: string, runtime: string, { args = [], env = {} }: StartOptions = {}): Promise<OpenedHost> {
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const electron = await _electron.launch({
    executablePath: runtime,
    args: [...asRoot, '.', `--profile=${folder}`, ...args],
    env: { ...(process.env as Record<string, string>), ...env },
  });
  const context = electron.context();
  await expect.poll(() => mainPage(context) !== undefined, { timeout: 30_000 }).toBe(true);
  const page = mainPage(context)!;
  await page.waitForLoadState();
  return {
    program: programOf(electron.process()),
    address: MAIN,
    context,
    page,
    standIn: null,
    close: () => electron.close(),
    loseWindows: () => Promise.resolve(),
  };
}

/** A process that Playwright started, as a program that a test started. */
function programOf(child: ReturnType<Awaited<ReturnType<typeof _electron.launch>>['process']>): ChildProgram {
  let output = '';
  const watchers = new Set<() => void>();
  const take = (more: Buffer): void => {
    output += more.toString();
    for (const watch of [...watchers]) watch();
  };
  child.stdout?.on('data', take);
  child.stderr?.on('data', take);
  const exited = new Promise<number | null>((resolve) => {
    if (child.exitCode !== null) resolve(child.exitCode);
    child.once('exit', resolve);
  });
  return {
    pid: child.pid ?? 0,
    exited,
    output: () => output,
    write: () => {
      throw new Error('Electron reads nothing from its stdin');
    },
    end: () => undefined,
    async waitFor(pattern, limitMs = 15_000) {
      await expect.poll(() => pattern.test(output), { timeout: limitMs, message: `${pattern} in the output` }).toBe(true);
      return pattern.exec(output)!;
    },
    async stop(name = 'SIGTERM', limitMs = 5_000) {
      child.kill(name);
      const tooLong = setTimeout(() => child.kill('SIGKILL'), limitMs);
      const code = await exited;
      clearTimeout(tooLong);
      return code;
    },
  };
}
