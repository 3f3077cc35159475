/** A call knows whether a window owns its media. */
import type { Joint } from './joint.ts';

export const mediaCalls: Joint = (facts, { calls }) => {
  facts.on('media.ownerChanged', ({ callId, hasOwner }) => {
    calls.mediaOwnerChanged(callId, hasOwner);
  });
};
