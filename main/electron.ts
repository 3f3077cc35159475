/** The Electron host's entry: builds the adapters, the core and the host. Wiring only. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app as electron, dialog } from 'electron';
import { m } from '../common/text/generated/messages.js';
import { createApp } from './app/app.ts';
import { openHistoryStore } from './history/open-history-store.ts';
import { parseCommandLine, USAGE, type CommandLine } from './hosts/electron/launch/command-line.ts';
import { createElectronHost } from './hosts/electron/electron-host.ts';
import { declareProtocol } from './hosts/electron/pages/pages-protocol.ts';
import { safeKeyring } from './hosts/electron/safe-keyring.ts';
import { claimInstance } from './hosts/electron/launch/single-instance.ts';
import { hasTray } from './hosts/electron/tray/status-notifier.ts';
import { noPageSessions } from './system/no-page-sessions.ts';
import { createLazyPractice } from './practice-adapter.ts';
import { createWorkerGateway } from './gateway/worker-gateway.ts';
import { createSipStack } from './sip/jssip-stack.ts';
import { createClock, systemClock } from './system/system-clock.ts';
import { endOnUncaught, reportDefects, reportRejections } from './system/defects.ts';
import { createFileLogger } from './system/file-logger.ts';
import { systemRandom } from './system/system-random.ts';
import { createSecretVault } from './system/secrets/secret-vault.ts';
import { version } from './version.ts';

const args = process.argv.slice(1);
const line = parseCommandLine(args);
if (line.help || line.problem !== null) {
  (line.help ? process.stdout : process.stderr).write(`${line.problem === null ? '' : `${line.problem}\n`}${USAGE}`);
  electron.exit(line.help ? 0 : 2);
} else {
  electron.enableSandbox();
  // Windows tells by this whose alerts they are.
  electron.setAppUserModelId('org.ahoy.Ahoy');
  declareProtocol();
  if (line.profile !== null) {
    mkdirSync(line.profile, { recursive: true, mode: 0o700 });
    electron.setPath('userData', line.profile);
  }
  // Nothing is running that could quit: there is nothing to do.
  if (!claimInstance(args) || line.requests.some(({ kind }) => kind === 'quit')) electron.quit();
  else
    void electron
      .whenReady()
      .then(() => run(line))
      .catch(cannotStart);
}

/** Beyond this the end is not waited for. */
const LONGEST_END_MS = 4_000;

async function run(started: CommandLine): Promise<void> {
  const profile = electron.getPath('userData');
  const logger = createFileLogger(join(profile, 'log'), systemClock);
  const report = reportDefects(logger, systemRandom);
  reportRejections(report);
  const clock = createClock(report);
  const store = openHistoryStore(join(profile, 'history.sqlite'), clock);
  const host = createElectronHost(join(import.meta.dirname, '..'), store.values, await hasTray(process.platform), logger, report);
  const gateway = createWorkerGateway(new URL('gateway-worker.js', import.meta.url), logger);
  const app = createApp({
    store,
    secrets: createSecretVault({ path: join(profile, 'secrets.json'), keyring: safeKeyring, unversioned: 'keyring', logger }),
    sipStack: (mediaPeer) => createSipStack({ mediaPeer, gateway, clock, random: systemRandom, logger }),
    practice: createLazyPractice(logger),
    clock,
    random: systemRandom,
    logger,
    windows: host.windows,
    alerts: host.alerts,
    desktop: host.desktop,
    pageSessions: noPageSessions,
    version,
    capabilities: host.capabilities,
  });
  endOnUncaught(report, (reportId) => {
    dialog.showErrorBox(m.defect_ends_title(), m.defect_ends({ reportId, path: join(profile, 'log') }));
    setTimeout(() => {
      electron.exit(1);
    }, LONGEST_END_MS);
    void app.stop().finally(() => {
      electron.exit(1);
    });
  });
  await host.start(app, started);
}

/** Nothing can be shown in a window yet: a box says what happened, and Ahoy ends. */
function cannotStart(error: unknown): void {
  const why = error instanceof Error ? error.message : String(error);
  dialog.showErrorBox(m.cannot_start_title(), m.cannot_start({ why, path: electron.getPath('userData') }));
  electron.exit(1);
}
