/** Presence is published and watched by accounts that are signed in; once one is not, what it knew is unknown. */
import type { Joint } from './joint.ts';

export const accountsPresence: Joint = (facts, { presence }) => {
  facts.on('accounts.usable', ({ accountId }) => {
    presence.accountUsable(accountId);
  });
  facts.on('accounts.disconnected', ({ accountId, failure }) => {
    presence.accountDisconnected(accountId, failure);
  });
  facts.on('accounts.removed', ({ accountId }) => {
    presence.accountRemoved(accountId);
  });
};
