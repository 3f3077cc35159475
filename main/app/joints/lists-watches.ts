/** Whose presence is watched follows the accounts, the people and the conversations. */
import type { Joint } from './joint.ts';

const LISTS = [
  'accounts.changed',
  'accounts.removed',
  'people.changed',
  'people.removed',
  'messaging.messageAdded',
  'messaging.conversationChanged',
  'messaging.conversationRemoved',
] as const;

export const listsWatches: Joint = (facts, { watches }) => {
  for (const name of LISTS)
    facts.on(name, () => {
      watches.refresh();
    });
};
