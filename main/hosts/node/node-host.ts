/**
 * The Node host: the core in a plain process, the renderer in an installed browser on loopback. For thin
 * clients, remote desktops, and machines without an Electron runtime.
 */
import { once } from 'node:events';
import type { HostCapabilities } from '../../../common/model/host.ts';
import type { App } from '../../app/app.ts';
import type { Logger } from '../../ports/logger.ts';
import type { ReportDefect } from '../../system/defects.ts';
import { listPageFiles } from '../../system/page-files.ts';
import { findBrowser, hasDisplay, openBrowser } from './browser.ts';
import { createContractEndpoint } from './web-socket-endpoint.ts';
import { createHttpServer, listenOnLoopback } from './http-server.ts';
import type { Options } from './options.ts';
import type { NodePageSessions } from './node-page-sessions.ts';
import type { ProfileFiles } from './profile-lock.ts';
import { createSignIn } from './sign-in.ts';

/** What a browser window cannot do for us is said here, never pretended. */
export const nodeHostCapabilities: HostCapabilities = {
  windows: false,
  tray: false,
  alerts: 'page',
  incomingCard: false,
  idle: false,
  links: false,
  autostart: false,
  globalShortcuts: false,
  updates: false,
};

export interface NodeHost {
  /** Closes the server and the connections of open pages. */
  close(): Promise<void>;
}

/** Starts the HTTP server for an app, prints the address, and opens a window where that is possible. */
export async function startNodeHost(
  app: App,
  options: Options,
  files: ProfileFiles,
  sessions: NodePageSessions,
  pagesDirectory: string,
  logger: Logger,
  report: ReportDefect,
): Promise<NodeHost> {
  let port = 0;
  const signIn = createSignIn(() => port);
  const endpoint = createContractEndpoint(
    (transport, kind) => {
      app.connect(transport, kind);
    },
    sessions,
    logger,
    report,
  );
  const newAddress = (): string => `http://127.0.0.1:${port}/?token=${signIn.newToken()}`;
  const server = createHttpServer(await listPageFiles(pagesDirectory), endpoint, signIn, sessions, files, {
    frontRequested: () => {
      app.requestFront();
      return endpoint.mainWindows() > 0 ? null : newAddress();
    },
    defect: report,
  });
  port = await listenOnLoopback(server, options.port === 0 ? files.lastPort : options.port, options.port === 0);
  files.hold(port);
  const address = newAddress();
  process.stdout.write(`Ahoy is at ${address}\n`);
  if (options.open) await showWindow(address, options.profile);
  return {
    async close() {
      files.release();
      server.close();
      server.closeAllConnections();
      await Promise.race([once(server, 'close'), new Promise((resolve) => setTimeout(resolve, 300).unref())]);
    },
  };
}

/** Opens the address in a window, or says in a line why not. */
export async function showWindow(address: string, profile: string): Promise<void> {
  if (!hasDisplay()) {
    process.stdout.write('There is no display here: open the address in a browser on this machine.\n');
    return;
  }
  const browser = findBrowser();
  if (browser === null || !(await openBrowser(browser, address, profile))) {
    process.stdout.write('No Chromium, Chrome or Edge could be started: open the address in a browser on this machine.\n');
  }
}
