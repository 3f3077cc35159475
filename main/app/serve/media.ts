/** The commands and the present state of the contract's domain `media`. */
import type { Serve } from './served.ts';

export const serveMedia: Serve<'media'> = ({ core: { media } }) => ({
  snapshot: () => ({}),
  commands: {
    claim: ({ callId }, caller) => media.claim(callId, caller.clientId),
    release: ({ callId }, caller) => media.giveUp(callId, caller.clientId),
    answer: ({ callId, request, result }, caller) => media.answer(callId, caller.clientId, request, result),
    notify: ({ callId, event, hasCandidate, state }, caller) => media.notify(callId, caller.clientId, event, hasCandidate, state),
  },
});
