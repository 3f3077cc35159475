/** Conversations and their messages. */
import * as v from 'valibot';
import { AddressOfRecord } from '../model/address-of-record.ts';
import { AccountId, ConversationId, MessageId } from '../model/ids.ts';
import { Conversation, LONGEST_TEXT, Message, MessageText } from '../model/message.ts';
import { command, domain, event } from './define.ts';

const InConversation = v.strictObject({ conversationId: ConversationId });

export const messaging = domain({
  snapshot: v.strictObject({ conversations: v.array(Conversation) }),
  commands: {
    open: command(
      'The conversation with an address, by the account given or the fitting one; made where there is none. `offline` where there is no account.',
      v.strictObject({ accountId: v.optional(v.nullable(AccountId), null), peer: AddressOfRecord }),
      v.strictObject({ conversation: Conversation }),
    ),
    send: command(
      'Writes a text to the outbox; it is sent at once or after the next registration.',
      v.strictObject({ conversationId: ConversationId, text: MessageText }),
      v.strictObject({ messageId: MessageId }),
    ),
    retry: command('Queues a failed message again.', v.strictObject({ messageId: MessageId }), v.null()),
    page: command(
      'Messages older than `before` (null: the newest), oldest first, at most `limit`.',
      v.strictObject({
        conversationId: ConversationId,
        before: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))),
        limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(200)),
      }),
      v.strictObject({ messages: v.array(Message), hasMore: v.boolean() }),
    ),
    markRead: command('Sets a conversation’s unread count to nothing.', InConversation, v.null()),
    markUnread: command('Marks a conversation as unread, to be answered later.', InConversation, v.null()),
    saveDraft: command(
      'Keeps what is typed and not sent.',
      v.strictObject({ conversationId: ConversationId, draft: v.pipe(v.string(), v.maxLength(LONGEST_TEXT)) }),
      v.null(),
    ),
    setMuted: command(
      'Announces no more messages of a conversation, or does so again; they still count as unread.',
      v.strictObject({ conversationId: ConversationId, muted: v.boolean() }),
      v.null(),
    ),
    remove: command('Removes a conversation with all its messages.', InConversation, v.null()),
  },
  events: {
    messageAdded: event('A message arrived or was written.', v.strictObject({ message: Message, conversation: Conversation })),
    messageChanged: event('A message’s state changed.', v.strictObject({ message: Message, conversation: Conversation })),
    conversationChanged: event('A conversation was opened, read or its draft changed.', v.strictObject({ conversation: Conversation })),
    conversationRemoved: event('A conversation was removed.', InConversation),
  },
});
