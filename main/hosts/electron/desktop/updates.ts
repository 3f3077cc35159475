/**
 * Updates by electron-updater from a generic address: the user's, or the one the package was built with; without
 * either nothing is asked. What is downloaded is checked against the hash in the release's list; whatever fails leaves
 * the running version as it is. What the publisher did not sign is not installed, neither on request nor when Ahoy
 * quits.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import type { AppUpdater, UpdateDownloadedEvent } from 'electron-updater';
import type { Update } from '../../../../common/model/desktop.ts';
import { failed, success, type Outcome } from '../../../../common/model/failure.ts';
import type { Logger } from '../../../ports/logger.ts';
import { isSafeUpdateUrl, notesOf } from './release-notes.ts';
import { isSignedByPublisher, readPublisherKeys } from './update-signature.ts';

export interface Updates {
  present(): Update;
  setUrl(url: string | null): void;
  check(): Promise<Outcome<null>>;
  install(): Promise<Outcome<null>>;
}

const FIRST_CHECK_MS = 60_000;
const NEXT_CHECK_MS = 6 * 3600 * 1000;
/** Squirrel on a Mac would have the file at once; there it is installed on request alone. */
const INSTALLS_AT_QUIT = process.platform !== 'darwin';
const OFF: Update = { state: 'off', version: null, notes: null, percent: null, checkedAtMs: null, failure: null };

export function createUpdates(logger: Logger, changed: () => void, aboutToInstall: () => void): Updates {
  const builtWith = app.isPackaged && existsSync(join(process.resourcesPath, 'app-update.yml'));
  let present: Update = OFF;
  let wantedUrl: string | null = null;
  let updater: AppUpdater | null = null;
  let underWay: Promise<Outcome<null>> | null = null;
  let timer: NodeJS.Timeout | null = null;

  const isOn = (): boolean => app.isPackaged && (wantedUrl !== null ? isSafeUpdateUrl(wantedUrl) : builtWith);

  function enter(changes: Partial<Update>): void {
    present = { ...present, ...changes };
    changed();
  }

  function failedBy(error: unknown): void {
    const detail = (error instanceof Error ? error.message : String(error)).slice(0, 500);
    logger.warn('no update', { detail });
    enter({ state: 'failed', percent: null, failure: { code: 'update-failed', detail } });
  }

  async function load(): Promise<AppUpdater> {
    const { autoUpdater } = await import('electron-updater');
    // Built without an address, the package has no file of its own that the library reads at a download.
    if (!builtWith) autoUpdater.updateConfigPath = join(process.resourcesPath, 'updater.yml');
    autoUpdater.autoDownload = true;
    autoUpdater.autoInstallOnAppQuit = INSTALLS_AT_QUIT;
    autoUpdater.allowDowngrade = false;
    autoUpdater.disableWebInstaller = true;
    autoUpdater.logger = {
      info: (line) => logger.debug('update', { line: String(line) }),
      warn: (line) => logger.warn('update', { line: String(line) }),
      error: (line) => logger.warn('update', { line: String(line) }),
      debug: () => undefined,
    };
    autoUpdater.on('update-available', (info) =>
      enter({ state: 'downloading', version: info.version, notes: notesOf(info), percent: 0, failure: null }),
    );
    autoUpdater.on('update-not-available', () => enter({ state: 'current', version: null, notes: null, percent: null, failure: null }));
    autoUpdater.on('download-progress', ({ percent }) => enter({ percent: Math.max(0, Math.min(100, Math.round(percent))) }));
    autoUpdater.on('update-downloaded', (info) => {
      // The library has just been told to install at the end of this process: not before the file is known to be ours.
      queueMicrotask(() => {
        autoUpdater.autoInstallOnAppQuit = false;
      });
      void checkSignature(info, autoUpdater);
    });
    // Told besides the promises that reject; who did not ask must learn of it too.
    autoUpdater.on('error', failedBy);
    return autoUpdater;
  }

  async function checkSignature(info: UpdateDownloadedEvent, autoUpdater: AppUpdater): Promise<void> {
    try {
      const keys = app.isPackaged ? readPublisherKeys(join(process.resourcesPath, 'update-keys.pem')) : [];
      if (await isSignedByPublisher(info, keys)) {
        autoUpdater.autoInstallOnAppQuit = INSTALLS_AT_QUIT;
        enter({ state: 'ready', version: info.version, notes: notesOf(info), percent: null, failure: null });
        return;
      }
      logger.error('an update is not signed by the publisher', { version: info.version, keys: keys.length });
      enter({ state: 'failed', percent: null, failure: { code: 'update-not-signed' } });
    } catch (error) {
      failedBy(error);
    }
  }

  async function ask(): Promise<Outcome<null>> {
    enter({ state: 'checking', checkedAtMs: Date.now(), failure: null });
    try {
      updater ??= await load();
      if (wantedUrl !== null) updater.setFeedURL({ provider: 'generic', url: wantedUrl });
      const found = await updater.checkForUpdates();
      await found?.downloadPromise;
      return success(null);
    } catch (error) {
      failedBy(error);
      return failed('update-failed', { detail: present.failure?.detail });
    }
  }

  function checkOnce(): Promise<Outcome<null>> {
    underWay ??= ask().finally(() => {
      underWay = null;
    });
    return underWay;
  }

  function schedule(delayMs: number): void {
    if (timer) clearTimeout(timer);
    timer = null;
    if (!isOn()) return;
    timer = setTimeout(() => {
      void checkOnce().then(() => {
        schedule(NEXT_CHECK_MS);
      });
    }, delayMs);
    timer.unref();
  }

  return {
    present: () => present,
    setUrl(url) {
      if (url === wantedUrl && present.state !== 'off') return;
      wantedUrl = url;
      present = { ...OFF, state: isOn() ? 'idle' : 'off' };
      changed();
      schedule(FIRST_CHECK_MS);
    },
    check() {
      if (!isOn()) return Promise.resolve(failed('not-supported', { detail: app.isPackaged ? 'no address to ask' : 'not a package' }));
      // What is ready stays ready: asking again could replace it by something that fails.
      return present.state === 'ready' ? Promise.resolve(success(null)) : checkOnce();
    },
    install() {
      if (present.state !== 'ready' || !updater) return Promise.resolve(failed('conflict', { detail: 'nothing is ready' }));
      aboutToInstall();
      updater.quitAndInstall(false, true);
      return Promise.resolve(success(null));
    },
  };
}
