/** Alerts of an account that is gone go with it. */
import type { Joint } from './joint.ts';

export const accountsAlerts: Joint = (facts, { alerts }) => {
  facts.on('accounts.removed', ({ accountId }) => {
    alerts.accountRemoved(accountId);
  });
};
