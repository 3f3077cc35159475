/**
 * The alerts that stand at the moment: shown by the host where it can, and published to the pages, which show them
 * where it cannot.
 */
import type { Alert } from '../../common/model/alert.ts';
import type { AlertDisplay } from '../ports/alert-display.ts';

export interface AlertBoard extends AlertDisplay {
  keys(): readonly string[];
}

export function createAlertBoard(
  host: AlertDisplay,
  notify: { readonly shown: (key: string, alert: Alert) => void; readonly removed: (key: string) => void },
): AlertBoard {
  const standing = new Set<string>();
  return {
    keys: () => [...standing],
    show(key, alert) {
      standing.add(key);
      host.show(key, alert);
      notify.shown(key, alert);
    },
    remove(key) {
      host.remove(key);
      if (standing.delete(key)) notify.removed(key);
    },
  };
}
