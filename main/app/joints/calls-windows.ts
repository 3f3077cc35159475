/** A call wants a window, which owns its media. */
import type { Joint } from './joint.ts';

export const callsWindows: Joint = (facts, _core, { windows }) => {
  facts.on('calls.windowWanted', ({ callId }) => {
    windows.openCall(callId);
  });
};
