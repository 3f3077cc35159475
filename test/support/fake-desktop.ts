/** A desktop and alerts that a test speaks for. */
import type { Desktop } from '../../common/model/desktop.ts';
import { LinkScheme, ShortcutAction } from '../../common/model/desktop.ts';
import { failed, success } from '../../common/model/failure.ts';
import type { Alert } from '../../common/model/alert.ts';
import type { AlertDisplay } from '../../main/ports/alert-display.ts';
import type { DesktopPort } from '../../main/ports/desktop-port.ts';

export interface FakeDesktop extends DesktopPort {
  /** Keys that another program has. */
  readonly taken: Set<string>;
  /** Whether a version is ready to be installed. */
  ready: boolean;
  installs: number;
  updateUrl: string | null;
  spellCheck: boolean | null;
  /** What the user answers when asked about an address for updates. */
  confirms: boolean;
}

export function createFakeDesktop(): FakeDesktop {
  let listener: () => void = () => undefined;
  let present: Desktop = {
    autostart: { supported: true, enabled: false },
    shortcuts: ShortcutAction.options.map((action) => ({ action, accelerator: null, state: 'off' })),
    links: LinkScheme.options.map((scheme) => ({ scheme, state: 'other' })),
    update: { state: 'off', version: null, notes: null, percent: null, checkedAtMs: null, failure: null },
  };
  const change = (changes: Partial<Desktop>): void => {
    present = { ...present, ...changes };
    listener();
  };
  const fake: FakeDesktop = {
    taken: new Set(),
    ready: false,
    installs: 0,
    updateUrl: null,
    spellCheck: null,
    confirms: true,
    confirmUpdateUrl: () => Promise.resolve(fake.confirms),
    present: () => present,
    onChange(next) {
      listener = next;
    },
    setAutostart(enabled) {
      change({ autostart: { supported: true, enabled } });
      return Promise.resolve(success(null));
    },
    setSpellCheck(enabled) {
      fake.spellCheck = enabled;
    },
    setShortcuts(wanted) {
      change({
        shortcuts: ShortcutAction.options.map((action) => {
          const accelerator = wanted[action];
          return { action, accelerator, state: accelerator === null ? 'off' : fake.taken.has(accelerator) ? 'taken' : 'set' };
        }),
      });
    },
    setOpensLinks(enabled) {
      change({ links: present.links.map((link) => ({ ...link, state: enabled ? 'ours' : 'other' })) });
      return Promise.resolve(success(null));
    },
    setUpdateUrl(url) {
      fake.updateUrl = url;
    },
    checkForUpdate: () => Promise.resolve(fake.updateUrl === null ? failed('not-supported') : success(null)),
    installUpdate() {
      if (!fake.ready) return Promise.resolve(failed('conflict'));
      fake.installs += 1;
      return Promise.resolve(success(null));
    },
  };
  return fake;
}

export interface FakeAlerts extends AlertDisplay {
  /** What is on screen, by key. */
  readonly shown: Map<string, Alert>;
}

export function createFakeAlerts(): FakeAlerts {
  const shown = new Map<string, Alert>();
  return {
    shown,
    show: (key, alert) => {
      shown.set(key, alert);
    },
    remove: (key) => {
      shown.delete(key);
    },
  };
}
