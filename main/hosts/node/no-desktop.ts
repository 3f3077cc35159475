/** The desktop of a process that has none: it offers nothing, and says so. */
import type { Desktop } from '../../../common/model/desktop.ts';
import { LinkScheme, ShortcutAction } from '../../../common/model/desktop.ts';
import { failed } from '../../../common/model/failure.ts';
import type { AlertDisplay } from '../../ports/alert-display.ts';
import type { DesktopPort } from '../../ports/desktop-port.ts';

const nothing: Desktop = {
  autostart: { supported: false, enabled: false },
  shortcuts: ShortcutAction.options.map((action) => ({ action, accelerator: null, state: 'unsupported' })),
  links: LinkScheme.options.map((scheme) => ({ scheme, state: 'unsupported' })),
  update: { state: 'off', version: null, notes: null, percent: null, checkedAtMs: null, failure: null },
};

const notSupported = () => Promise.resolve(failed('not-supported'));

export const noDesktop: DesktopPort = {
  present: () => nothing,
  onChange: () => undefined,
  setAutostart: notSupported,
  setShortcuts: () => undefined,
  // The browser has its own; the page tells it by the field.
  setSpellCheck: () => undefined,
  setOpensLinks: notSupported,
  confirmUpdateUrl: () => Promise.resolve(false),
  setUpdateUrl: () => undefined,
  checkForUpdate: notSupported,
  installUpdate: notSupported,
};

export const noAlerts: AlertDisplay = { show: () => undefined, remove: () => undefined };
