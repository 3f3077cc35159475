/** Who talks is on the phone, for those who watch. */
import type { Joint } from './joint.ts';

export const callsPresence: Joint = (facts, { presence }) => {
  facts.on('calls.activeCountChanged', ({ active }) => {
    presence.setOnThePhone(active > 0);
  });
};
