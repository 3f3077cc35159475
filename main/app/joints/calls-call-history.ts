/** A call that is over is recorded. */
import type { Joint } from './joint.ts';

export const callsCallHistory: Joint = (facts, { callHistory }) => {
  facts.on('calls.ended', ({ ended }) => {
    callHistory.add(ended);
  });
};
