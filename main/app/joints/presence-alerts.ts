/** Do not disturb removes the alerts that stand already. */
import type { Joint } from './joint.ts';

export const presenceAlerts: Joint = (facts, { alerts }) => {
  facts.on('presence.ownChanged', () => {
    alerts.doNotDisturbChanged();
  });
};
