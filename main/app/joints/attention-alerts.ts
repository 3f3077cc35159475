/** What is looked at is not announced. */
import type { Joint } from './joint.ts';

export const attentionAlerts: Joint = (facts, { alerts }) => {
  facts.on('attention.changed', () => {
    alerts.attentionChanged();
  });
};
