/** During a call our presence is "on the phone". */
import type { Joint } from './joint.ts';

export const callsPresence: Joint = (facts, { presence }) => {
  facts.on('calls.activeCountChanged', ({ active }) => {
    presence.setOnThePhone(active > 0);
  });
};
