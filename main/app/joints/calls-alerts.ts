/** A call that rings is announced until it does not. */
import type { Joint } from './joint.ts';

export const callsAlerts: Joint = (facts, { alerts }) => {
  facts.on('calls.changed', ({ call }) => {
    alerts.callChanged(call);
  });
};
