/** autoUpdater and crashReporter: there is no updater on Linux, and reports go nowhere. */
import { EventEmitter } from 'node:events';
import type { CrashReporterStartOptions } from 'electron';
import { recorded } from './record.ts';
import { strict } from './strict.ts';

class AutoUpdater extends EventEmitter {
  #unsupported(): void {
    this.emit('error', new Error('Auto update is not supported on this platform'));
  }

  setFeedURL(): void {
    this.#unsupported();
  }

  getFeedURL(): string {
    return '';
  }

  checkForUpdates(): void {
    this.#unsupported();
  }

  quitAndInstall(): void {
    this.#unsupported();
  }
}

export const autoUpdater = strict('autoUpdater', new AutoUpdater());

export const crashReporter = strict('crashReporter', {
  start(options: CrashReporterStartOptions): void {
    recorded(`crashReporter.start ${JSON.stringify(options)}`);
  },
});
