/** The commands and the present state of the contract's domain `messaging`. */
import { failed } from '../../../common/model/failure.ts';
import type { Serve } from './served.ts';

export const serveMessaging: Serve<'messaging'> = ({ core: { accountFor, accounts, messaging } }) => ({
  snapshot: () => ({ conversations: [...messaging.conversations()] }),
  commands: {
    open({ accountId, peer }) {
      const by = accountId ?? accountFor(peer);
      if (by === null) return failed('offline');
      if (!accounts.all().some((account) => account.id === by)) return failed('not-found');
      return messaging.open(by, peer);
    },
    send: ({ conversationId, text }) => messaging.send(conversationId, text),
    retry: ({ messageId }) => messaging.retry(messageId),
    page: ({ conversationId, before, limit }) => messaging.page(conversationId, before, limit),
    markRead: ({ conversationId }) => messaging.markRead(conversationId),
    markUnread: ({ conversationId }) => messaging.markUnread(conversationId),
    saveDraft: ({ conversationId, draft }) => messaging.saveDraft(conversationId, draft),
    setMuted: ({ conversationId, muted }) => messaging.setMuted(conversationId, muted),
    remove: ({ conversationId }) => messaging.remove(conversationId),
  },
});
