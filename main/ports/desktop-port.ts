/**
 * What the core asks of the desktop around the windows. A host that cannot do something says so in `present()` and
 * answers `not-supported`; it never pretends.
 */
import type { Accelerator, Desktop, ShortcutAction } from '../../common/model/desktop.ts';
import type { Outcome } from '../../common/model/failure.ts';

export interface DesktopPort {
  present(): Desktop;
  /** Registers the one listener for changes of what is present. */
  onChange(listener: () => void): void;
  setAutostart(enabled: boolean): Promise<Outcome<null>>;
  /** Replaces the keys; how each fared is in `present()` when the call returns. */
  setShortcuts(shortcuts: Readonly<Record<ShortcutAction, Accelerator | null>>): void;
  /** Whether what is typed is checked against a dictionary, which may have to be loaded first. */
  setSpellCheck(enabled: boolean): void;
  setOpensLinks(enabled: boolean): Promise<Outcome<null>>;
  /** Asks the user outside every page whether updates shall come from there. False where they say no, or cannot be asked. */
  confirmUpdateUrl(url: string): Promise<boolean>;
  /** Where updates are asked for from now on; null: what the package was built with, or nowhere. */
  setUpdateUrl(url: string | null): void;
  checkForUpdate(): Promise<Outcome<null>>;
  /** Quits and installs what is ready; `conflict` where nothing is. */
  installUpdate(): Promise<Outcome<null>>;
}
