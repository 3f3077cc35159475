/**
 * Who looks at which window, and at which conversation, as the windows report it. A closed window has no attention.
 */
import type { ClientId, ConversationId } from '../../common/model/ids.ts';

export interface Attention {
  report(client: ClientId, present: boolean, conversationId: ConversationId | null): void;
  clientGone(client: ClientId): void;
  isLookedAt(): boolean;
  isOnScreen(conversationId: ConversationId): boolean;
}

export function createAttention(changed: () => void): Attention {
  const looking = new Map<ClientId, ConversationId | null>();
  return {
    report(client, present, conversationId) {
      if (looking.has(client) === present && (!present || looking.get(client) === conversationId)) return;
      if (present) looking.set(client, conversationId);
      else looking.delete(client);
      changed();
    },
    clientGone(client) {
      if (looking.delete(client)) changed();
    },
    isLookedAt: () => looking.size > 0,
    isOnScreen: (conversationId) => [...looking.values()].includes(conversationId),
  };
}
