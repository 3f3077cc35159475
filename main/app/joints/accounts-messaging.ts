/** What waits is sent when its account can send; conversations go with their account. */
import type { Joint } from './joint.ts';

export const accountsMessaging: Joint = (facts, { messaging }) => {
  facts.on('accounts.usable', ({ accountId }) => {
    messaging.accountUsable(accountId);
  });
  facts.on('accounts.removed', ({ accountId }) => {
    messaging.accountRemoved(accountId);
  });
};
