/** A call that is over needs no owner of its media. */
import type { Joint } from './joint.ts';

export const callsMedia: Joint = (facts, { media }) => {
  facts.on('calls.ended', ({ ended }) => {
    media.callEnded(ended.call.id);
  });
};
