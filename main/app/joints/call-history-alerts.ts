/** A missed call is announced until somebody has looked at it. */
import type { Joint } from './joint.ts';

export const callHistoryAlerts: Joint = (facts, { alerts }) => {
  facts.on('history.recordAdded', ({ record }) => {
    alerts.callRecorded(record);
  });
  facts.on('history.seen', () => {
    alerts.missedCallsSeen();
  });
};
