/** Conversations, and the loaded messages of those that were opened. */
import { SvelteMap } from 'svelte/reactivity';
import { assertNever } from '../../common/model/assert-never.ts';
import type { AddressOfRecord } from '../../common/model/address-of-record.ts';
import type { Outcome } from '../../common/model/failure.ts';
import type { AccountId, ConversationId, MessageId } from '../../common/model/ids.ts';
import type { Conversation, Message } from '../../common/model/message.ts';
import type { HostConnection } from '../bridge/host-connection.svelte.ts';
import { Mirror } from './mirror.svelte.ts';
import { Pages } from './pages.svelte.ts';

export class MessagingStore {
  readonly mirror: Mirror<'messaging'>;
  /** The incoming message that came last, to be announced. */
  latestIncoming = $state.raw<{ readonly message: Message; readonly conversation: Conversation } | null>(null);
  readonly #connection: HostConnection;
  readonly #byId = new SvelteMap<ConversationId, Conversation>();
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- asking for pages in a view must not depend on other pages
  readonly #pages = new Map<ConversationId, Pages<Message>>();

  /** The last changed first. */
  readonly conversations = $derived([...this.#byId.values()].sort((a, b) => b.changedAtMs - a.changedAtMs));
  readonly unreadCount = $derived(this.conversations.reduce((sum, conversation) => sum + conversation.unreadCount, 0));

  constructor(connection: HostConnection) {
    this.#connection = connection;
    this.mirror = new Mirror(connection, {
      domain: 'messaging',
      adopt: (state) => {
        this.#byId.clear();
        for (const conversation of state.conversations) this.#byId.set(conversation.id, conversation);
        // What was loaded may have changed while nobody told us.
        for (const pages of this.#pages.values()) void pages.reload();
      },
      apply: (event) => {
        switch (event.name) {
          case 'messaging.messageAdded': {
            const { message, conversation } = event.payload;
            this.#byId.set(conversation.id, conversation);
            this.#pages.get(conversation.id)?.add(message);
            if (message.direction === 'incoming') this.latestIncoming = { message, conversation };
            return;
          }
          case 'messaging.messageChanged':
            this.#byId.set(event.payload.conversation.id, event.payload.conversation);
            this.#pages.get(event.payload.conversation.id)?.change(event.payload.message);
            return;
          case 'messaging.conversationChanged':
            this.#byId.set(event.payload.conversation.id, event.payload.conversation);
            return;
          case 'messaging.conversationRemoved':
            this.#byId.delete(event.payload.conversationId);
            this.#pages.delete(event.payload.conversationId);
            return;
          default:
            assertNever(event);
        }
      },
    });
  }

  get(id: ConversationId): Conversation | null {
    return this.#byId.get(id) ?? null;
  }

  /** The messages of a conversation; the first asking starts loading them. */
  pagesOf(id: ConversationId): Pages<Message> {
    const known = this.#pages.get(id);
    if (known) return known;
    const pages = new Pages<Message>({
      compare: (a, b) => a.sequence - b.sequence,
      ask: async (oldest, limit) => {
        const answer = await this.#connection.ask.messaging.page({ conversationId: id, before: oldest?.sequence ?? null, limit });
        if (!answer.ok) return answer;
        return { ok: true, value: { items: answer.value.messages, hasMore: answer.value.hasMore } };
      },
    });
    this.#pages.set(id, pages);
    void pages.reload();
    return pages;
  }

  open(accountId: AccountId | null, peer: AddressOfRecord): Promise<Outcome<{ conversation: Conversation }>> {
    return this.#connection.ask.messaging.open({ accountId, peer });
  }

  send(conversationId: ConversationId, text: string): Promise<Outcome<{ messageId: MessageId }>> {
    return this.#connection.ask.messaging.send({ conversationId, text });
  }

  retry(messageId: MessageId): Promise<Outcome<null>> {
    return this.#connection.ask.messaging.retry({ messageId });
  }

  markRead(conversationId: ConversationId): Promise<Outcome<null>> {
    return this.#connection.ask.messaging.markRead({ conversationId });
  }

  markUnread(conversationId: ConversationId): Promise<Outcome<null>> {
    return this.#connection.ask.messaging.markUnread({ conversationId });
  }

  saveDraft(conversationId: ConversationId, draft: string): Promise<Outcome<null>> {
    return this.#connection.ask.messaging.saveDraft({ conversationId, draft });
  }

  setMuted(conversationId: ConversationId, muted: boolean): Promise<Outcome<null>> {
    return this.#connection.ask.messaging.setMuted({ conversationId, muted });
  }

  remove(conversationId: ConversationId): Promise<Outcome<null>> {
    return this.#connection.ask.messaging.remove({ conversationId });
  }
}
