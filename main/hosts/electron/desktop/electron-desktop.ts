/** The desktop around the windows, as the core asks for it (port desktop). */
import { session } from 'electron';
import type { LinkHandling, ShortcutAction } from '../../../../common/model/desktop.ts';
import { LinkScheme } from '../../../../common/model/desktop.ts';
import { m } from '../../../../common/text/generated/messages.js';
import type { DesktopPort } from '../../../ports/desktop-port.ts';
import type { Logger } from '../../../ports/logger.ts';
import { createAutostart } from './autostart.ts';
import { confirm } from '../shell/confirm.ts';
import { createLinkSchemes } from './link-schemes.ts';
import { createShortcuts } from './shortcuts.ts';
import { createUpdates } from './updates.ts';

export interface ElectronDesktop extends DesktopPort {
  /** Looks at what only the system knows; after the first paint. */
  refresh(): Promise<void>;
}

export interface DesktopHooks {
  pressed(action: ShortcutAction): void;
  aboutToInstall(): void;
}

export function createDesktop(logger: Logger, hooks: DesktopHooks): ElectronDesktop {
  let listener: () => void = () => undefined;
  let links: readonly LinkHandling[] = LinkScheme.options.map((scheme) => ({ scheme, state: 'other' }));
  const changed = (): void => {
    listener();
  };
  const autostart = createAutostart(logger);
  const schemes = createLinkSchemes();
  const shortcuts = createShortcuts((action) => {
    hooks.pressed(action);
  });
  const updates = createUpdates(logger, changed, () => {
    hooks.aboutToInstall();
  });

  async function refresh(): Promise<void> {
    links = await schemes.read();
    changed();
  }

  return {
    present: () => ({
      autostart: { supported: true, enabled: autostart.enabled() },
      shortcuts: [...shortcuts.present()],
      links: [...links],
      update: updates.present(),
    }),
    onChange(next) {
      listener = next;
    },
    async setAutostart(enabled) {
      const outcome = await autostart.set(enabled);
      changed();
      return outcome;
    },
    setShortcuts(wanted) {
      shortcuts.set(wanted);
      changed();
    },
    setSpellCheck(enabled) {
      session.defaultSession.setSpellCheckerEnabled(enabled);
    },
    async setOpensLinks(enabled) {
      const outcome = await schemes.set(enabled);
      await refresh();
      return outcome;
    },
    confirmUpdateUrl: (url) => confirm({ message: m.update_url_question(), detail: url, yes: m.update_url_use() }, null),
    setUpdateUrl(url) {
      updates.setUrl(url);
    },
    checkForUpdate: () => updates.check(),
    installUpdate: () => updates.install(),
    refresh,
  };
}
