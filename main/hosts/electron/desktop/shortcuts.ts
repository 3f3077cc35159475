/**
 * Keys that work everywhere. A key that another program holds is reported as taken, and tried again at the next start.
 */
import { globalShortcut } from 'electron';
import { ShortcutAction, type Accelerator, type Shortcut } from '../../../../common/model/desktop.ts';

export interface Shortcuts {
  present(): readonly Shortcut[];
  set(wanted: Readonly<Record<ShortcutAction, Accelerator | null>>): void;
}

export function createShortcuts(pressed: (action: ShortcutAction) => void): Shortcuts {
  let present: readonly Shortcut[] = ShortcutAction.options.map((action) => ({ action, accelerator: null, state: 'off' }));
  const registered = new Set<Accelerator>();

  function register(action: ShortcutAction, accelerator: Accelerator): Shortcut['state'] {
    // Two of our actions on one key: the first has it.
    if (registered.has(accelerator)) return 'taken';
    try {
      const isOurs = globalShortcut.register(accelerator, () => {
        pressed(action);
      });
      if (isOurs) registered.add(accelerator);
      return isOurs ? 'set' : 'taken';
    } catch {
      // The system does not know such a key.
      return 'unsupported';
    }
  }

  return {
    present: () => present,
    set(wanted) {
      // Any setting that changes comes here; a key that was not to be had is tried again.
      const settled = present.every(
        ({ action, accelerator, state }) => wanted[action] === accelerator && (state === 'set' || state === 'off'),
      );
      if (settled) return;
      for (const accelerator of registered) globalShortcut.unregister(accelerator);
      registered.clear();
      present = ShortcutAction.options.map((action) => {
        const accelerator = wanted[action];
        return { action, accelerator, state: accelerator === null ? 'off' : register(action, accelerator) };
      });
    },
  };
}
