/** The commands and the present state of the contract's domain `media`. */
import type { Serve } from './served.ts';

export const serveMedia: Serve<'media'> = ({ core: { media } }) => ({
  snapshot: () => ({}),
  commands: {
    claim: ({ callId }, caller) => media.claim(callId, caller.clientId),
    release: ({ callId }, caller) => media.giveUp(callId, caller.clientId),
    answer: ({ legId, request, result }, caller) => media.answer(legId, caller.clientId, request, result),
    notify: ({ legId, event, hasCandidate, state }, caller) => media.notify(legId, caller.clientId, event, hasCandidate, state),
  },
});
