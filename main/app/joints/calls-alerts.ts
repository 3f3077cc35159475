/** A call is announced for as long as it rings. */
import type { Joint } from './joint.ts';

export const callsAlerts: Joint = (facts, { alerts }) => {
  facts.on('calls.changed', ({ call }) => {
    alerts.callChanged(call);
  });
};
