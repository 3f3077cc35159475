/**
 * Start with the computer: a login item on macOS and Windows, on Linux a file in the user's autostart folder
 * (Desktop Application Autostart Specification), which Electron does not write.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { failed, success, type Outcome } from '../../../../common/model/failure.ts';
import type { Logger } from '../../../ports/logger.ts';
import { autostartEntry, STARTED_BY_SYSTEM } from './autostart-entry.ts';
import { launchCommand } from '../launch/launch-command.ts';

export interface Autostart {
  readonly enabled: () => boolean;
  readonly set: (enabled: boolean) => Promise<Outcome<null>>;
}

function linuxAutostart(logger: Logger): Autostart {
  const folder = join(process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'autostart');
  const file = join(folder, 'ahoy.desktop');
  return {
    enabled: () => existsSync(file),
    async set(enabled) {
      try {
        if (!enabled) await rm(file, { force: true });
        else {
          await mkdir(folder, { recursive: true });
          await writeFile(file, autostartEntry(launchCommand()));
        }
        return success(null);
      } catch (error) {
        logger.warn('the autostart entry could not be written', { error: String(error) });
        return failed('storage-failed', { detail: error instanceof Error ? error.message : String(error) });
      }
    },
  };
}

const loginItem: Autostart = {
  enabled: () => app.getLoginItemSettings({ args: [STARTED_BY_SYSTEM] }).openAtLogin,
  set(enabled) {
    app.setLoginItemSettings({ openAtLogin: enabled, args: [STARTED_BY_SYSTEM] });
    return Promise.resolve(loginItem.enabled() === enabled ? success(null) : failed('not-supported', { detail: 'the system refused it' }));
  },
};

export function createAutostart(logger: Logger): Autostart {
  return process.platform === 'linux' ? linuxAutostart(logger) : loginItem;
}
