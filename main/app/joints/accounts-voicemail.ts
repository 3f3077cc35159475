/** Boxes are subscribed to by accounts that are signed in. */
import type { Joint } from './joint.ts';

export const accountsVoicemail: Joint = (facts, { voicemail }) => {
  facts.on('accounts.usable', ({ accountId }) => {
    voicemail.accountUsable(accountId);
  });
  facts.on('accounts.disconnected', ({ accountId }) => {
    voicemail.accountDisconnected(accountId);
  });
  facts.on('accounts.removed', ({ accountId }) => {
    voicemail.accountRemoved(accountId);
  });
};
