/** The Node host's entry: builds the adapters, the app and the host, and ends them in order. Wiring only. */
import { join } from 'node:path';
import { createApp } from './app/app.ts';
import { openHistoryStore } from './history/open-history-store.ts';
import { nodeHostCapabilities, showWindow, startNodeHost, type NodeHost } from './hosts/node/node-host.ts';
import { noAlerts, noDesktop } from './hosts/node/no-desktop.ts';
import { openPageSessions } from './hosts/node/node-page-sessions.ts';
import { parseOptions, type Options } from './hosts/node/options.ts';
import { claimProfile, openProfile } from './hosts/node/profile-lock.ts';
import { profileSecrets } from './hosts/node/profile-secrets.ts';
import { createLazyPractice } from './practice-adapter.ts';
import { createWorkerGateway } from './gateway/worker-gateway.ts';
import { createSipStack } from './sip/jssip-stack.ts';
import { createClock, systemClock } from './system/system-clock.ts';
import { endOnUncaught, reportDefects, reportRejections } from './system/defects.ts';
import { createFileLogger } from './system/file-logger.ts';
import { watchNetwork } from './system/network-watch.ts';
import { systemRandom } from './system/system-random.ts';
import { version } from './version.ts';

/** Beyond this the end is not waited for. */
const LONGEST_END_MS = 4_000;
const SESSIONS_FILE = 'page-sessions.json';

async function run(options: Options): Promise<void> {
  const held = await claimProfile(options.profile);
  if (held !== 'ours') {
    process.stdout.write('Ahoy is running with this profile already; it comes to the front.\n');
    if (held.address !== null) {
      process.stdout.write(`Ahoy is at ${held.address}\n`);
      if (options.open) await showWindow(held.address, options.profile);
    }
    return;
  }
  const files = openProfile(options.profile);
  const logger = createFileLogger(join(options.profile, 'log'), systemClock);
  const report = reportDefects(logger, systemRandom);
  reportRejections(report);
  const clock = createClock(report);
  const pageSessions = openPageSessions(join(options.profile, SESSIONS_FILE), files.pageSecret, clock, (content) => {
    try {
      files.keep(SESSIONS_FILE, content);
    } catch (error) {
      logger.warn('the signed-in browsers could not be kept', { error: String(error) });
    }
  });
  const gateway = createWorkerGateway(new URL('gateway-worker.js', import.meta.url), logger);
  const app = createApp({
    store: openHistoryStore(join(options.profile, 'history.sqlite'), clock),
    secrets: profileSecrets(options, logger),
    sipStack: (mediaPeer) => createSipStack({ mediaPeer, gateway, clock, random: systemRandom, logger }),
    practice: createLazyPractice(logger),
    clock,
    random: systemRandom,
    logger,
    windows: { openMain: () => false, openCall: () => false, openDial: () => false, showCard: () => undefined },
    alerts: noAlerts,
    desktop: noDesktop,
    pageSessions,
    version,
    capabilities: nodeHostCapabilities,
  });
  let host: NodeHost | null = null;
  const endWatch = watchNetwork(() => {
    app.networkChanged();
  }, report);
  const state = { isEnding: false };
  const end = (exitCode: number): void => {
    if (state.isEnding) process.exit(1); // asked twice: now
    state.isEnding = true;
    endWatch();
    setTimeout(() => process.exit(1), LONGEST_END_MS).unref();
    void app
      .stop()
      .then(() => host?.close())
      .then(() => logger.close())
      .finally(() => process.exit(exitCode));
  };
  // Before our address is known to anybody: from then on Ctrl+C ends in order.
  process.on('SIGINT', () => {
    end(0);
  });
  process.on('SIGTERM', () => {
    end(0);
  });
  endOnUncaught(report, (reportId) => {
    process.stderr.write(`Ahoy made a mistake and ends. Report number ${reportId}, in ${join(options.profile, 'log')}\n`);
    end(1);
  });

  try {
    // The server listens first: a page can be drawn while accounts register.
    host = await startNodeHost(app, options, files, pageSessions, join(import.meta.dirname, '..', 'renderer'), logger, report);
    if (!state.isEnding) await app.start();
  } catch (error) {
    // Errors caused by our own end are ignored.
    if (!state.isEnding) throw error;
  }
}

try {
  await run(parseOptions(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`Ahoy could not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
