/** The alerts that stand: shown by the host where it can, and told to the pages, which show them where it cannot. */
import type { Alert } from '../../common/model/alert.ts';
import type { Alerts } from '../ports/alerts.ts';

export interface AlertBoard extends Alerts {
  keys(): readonly string[];
}

export function createAlertBoard(
  host: Alerts,
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
