/** The Electron host's entry: builds the adapters, the app and the windows. Wiring only. */
import { join } from 'node:path';
import { app as electron, powerMonitor } from 'electron';
import { createApp } from './app/app.ts';
import { openHistoryStore } from './history/history-store.ts';
import { serveContract } from './hosts/electron/contract-endpoint.ts';
import { declareProtocol, servePages } from './hosts/electron/pages-protocol.ts';
import { restrictPermissions } from './hosts/electron/permissions.ts';
import { safeCipher } from './hosts/electron/safe-cipher.ts';
import { createWindows } from './hosts/electron/windows.ts';
import { createLazyPractice } from './practice-adapter.ts';
import { createSipStack } from './sip/sip-stack.ts';
import { systemClock } from './system/clock.ts';
import { createFileLogger } from './system/file-logger.ts';
import { watchNetwork } from './system/network-watch.ts';
import { systemRandom } from './system/random.ts';
import { createSecretFile } from './system/secret-file.ts';
import { version } from './version.ts';

declareProtocol();
const profileArgument = process.argv.find((argument) => argument.startsWith('--profile='));
if (profileArgument !== undefined) electron.setPath('userData', profileArgument.slice('--profile='.length));

if (!electron.requestSingleInstanceLock()) electron.quit();
else void electron.whenReady().then(run);

async function run(): Promise<void> {
  const profile = electron.getPath('userData');
  const logger = createFileLogger(join(profile, 'log'), systemClock);
  const windows = createWindows(join(import.meta.dirname, '..', 'preload'));
  const app = createApp({
    store: openHistoryStore(join(profile, 'history.sqlite'), systemClock),
    secrets: createSecretFile(join(profile, 'secrets.json'), safeCipher),
    sipStack: (mediaPeer) => createSipStack({ mediaPeer, clock: systemClock, random: systemRandom, logger }),
    practice: createLazyPractice(logger),
    clock: systemClock,
    random: systemRandom,
    logger,
    windows,
    version,
    capabilities: { windows: true, tray: false, autostart: false, globalShortcuts: false, updates: false },
  });
  restrictPermissions();
  await servePages(join(import.meta.dirname, '..', 'renderer'));
  serveContract((transport, kind) => {
    app.connect(transport, kind);
  }, logger);
  windows.openMain();
  await app.start();

  electron.on('second-instance', () => {
    app.requestFront();
  });
  electron.on('activate', () => {
    windows.openMain();
  });
  powerMonitor.on('suspend', () => {
    void app.suspend();
  });
  powerMonitor.on('resume', () => {
    app.networkChanged();
  });
  watchNetwork(() => {
    app.networkChanged();
  });
  let stopped = false;
  electron.on('before-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    void app.stop().finally(() => {
      stopped = true;
      electron.quit();
    });
  });
}
