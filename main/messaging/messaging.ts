/**
 * Messages by SIP MESSAGE (RFC 3428): what arrives is on disk before it is answered, what is written is on
 * disk before it is sent.
 */
import type { AddressOfRecord } from '../../common/model/address-of-record.ts';
import { failed, success, type Failure, type Outcome } from '../../common/model/failure.ts';
import type { AccountId, ConversationId, MessageId } from '../../common/model/ids.ts';
import type { Conversation, Message, MessageState } from '../../common/model/message.ts';
import type { Clock } from '../ports/clock.ts';
import { StorageFailure, type MessageStore, type OutboxEntry } from '../ports/history-store.ts';
import type { Logger } from '../ports/logger.ts';
import type { Random } from '../ports/random.ts';
import type { IncomingMessage, MessageVerdict, UserAgent } from '../ports/sip-stack.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { createStrangers } from './strangers.ts';
import { callIdOf, incomingWireKey } from './wire-key.ts';

export interface MessagingAdapters {
  readonly store: MessageStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

export interface MessagingHooks {
  /** False of an account that could not be read: its conversations wait with it. */
  isAccount(accountId: AccountId): boolean;
  /** Kept as a person by the user: not bounded as strangers are. */
  isPerson(address: AddressOfRecord): boolean;
  /** The account's user agent while it is registered, else null. */
  usableUserAgent(accountId: AccountId): UserAgent | null;
  messageAdded(message: Message, conversation: Conversation): void;
  messageChanged(message: Message, conversation: Conversation): void;
  conversationChanged(conversation: Conversation): void;
  conversationRemoved(conversationId: ConversationId): void;
}

export interface Messaging {
  conversations(): readonly Conversation[];
  conversationWith(accountId: AccountId, peer: AddressOfRecord): Conversation | null;
  open(accountId: AccountId, peer: AddressOfRecord): Outcome<{ conversation: Conversation }>;
  send(conversationId: ConversationId, text: string): Outcome<{ messageId: MessageId }>;
  retry(messageId: MessageId): Outcome<null>;
  page(conversationId: ConversationId, before: number | null, limit: number): Outcome<{ messages: Message[]; hasMore: boolean }>;
  markRead(conversationId: ConversationId): Outcome<null>;
  /** To be answered later: counts as one unread message where nothing is unread. */
  markUnread(conversationId: ConversationId): Outcome<null>;
  saveDraft(conversationId: ConversationId, draft: string): Outcome<null>;
  /** No more alerts of the conversation's messages, or alerts again. */
  setMuted(conversationId: ConversationId, muted: boolean): Outcome<null>;
  remove(conversationId: ConversationId): Outcome<null>;
  /** The verdict decides the response; `stored` means committed. */
  receive(accountId: AccountId, message: IncomingMessage): MessageVerdict;
  /** The account is registered (again): what waits is sent. */
  accountUsable(accountId: AccountId): void;
  accountRemoved(accountId: AccountId): void;
}

export function createMessaging(adapters: MessagingAdapters, hooks: MessagingHooks): Messaging {
  const { store, clock, random, logger } = adapters;
  const strangers = createStrangers(clock);
  const outboxes = new Map<AccountId, Outbox>();
  const conversations = new Map<ConversationId, Conversation>(
    store
      .conversations()
      .filter(({ accountId }) => hooks.isAccount(accountId))
      .map((each) => [each.id, each]),
  );

  function outboxOf(accountId: AccountId): Outbox {
    let outbox = outboxes.get(accountId);
    if (!outbox) {
      outbox = createOutbox(store.outbox(accountId), clock, {
        usableUserAgent: () => hooks.usableUserAgent(accountId),
        stateChanged: setState,
      });
      outboxes.set(accountId, outbox);
    }
    return outbox;
  }

  /** False where the disk refused. A message that is not there any more has no state to keep. */
  function setState(messageId: MessageId, state: MessageState, failure: Failure | null): boolean {
    try {
      const changed = store.setState(messageId, state, failure);
      if (!changed) return true;
      conversations.set(changed.conversation.id, changed.conversation);
      hooks.messageChanged(changed.message, changed.conversation);
      return true;
    } catch (error) {
      if (!(error instanceof StorageFailure)) throw error;
      logger.error('a message’s state could not be stored', { state, error: error.message });
      return false;
    }
  }

  /** Runs what touches the disk; a disk that refuses is a failure the user sees, not a crash. */
  function stored<T>(action: () => Outcome<T>): Outcome<T> {
    try {
      return action();
    } catch (error) {
      if (!(error instanceof StorageFailure)) throw error;
      logger.error('storage refused', { error: error.message });
      return failed('storage-failed', { detail: error.message });
    }
  }

  function changeConversation(changed: Conversation | null): Outcome<null> {
    if (!changed) return failed('not-found');
    conversations.set(changed.id, changed);
    hooks.conversationChanged(changed);
    return success(null);
  }

  function entryOf(message: Message): OutboxEntry | null {
    const conversation = conversations.get(message.conversationId);
    if (!conversation) return null;
    return { message, accountId: conversation.accountId, peer: conversation.peer, wireKey: callIdOf(message.id) };
  }

  /** Whether one more text of this peer may be kept, or was kept before. */
  function isWelcome(accountId: AccountId, peer: AddressOfRecord, wireKey: string): boolean {
    if (hooks.isPerson(peer)) return true;
    const present = store.conversationWith(accountId, peer);
    if (present === null) return strangers.mayBegin(conversations.values());
    return present.answered || strangers.mayGoOn(present) || store.has(present.id, wireKey);
  }

  return {
    conversations: () => [...conversations.values()].sort((a, b) => b.changedAtMs - a.changedAtMs),
    conversationWith: (accountId, peer) => store.conversationWith(accountId, peer),
    open: (accountId, peer) =>
      stored(() => {
        const conversation = store.openConversation({
          id: random.id() as ConversationId,
          accountId,
          peer,
          displayName: '',
          atMs: clock.now(),
          answered: true,
        });
        const before = conversations.get(conversation.id);
        conversations.set(conversation.id, conversation);
        if (before?.answered !== true) hooks.conversationChanged(conversation);
        return success({ conversation });
      }),
    send: (conversationId, text) =>
      stored(() => {
        const conversation = conversations.get(conversationId);
        if (!conversation) return failed('not-found');
        // The outbox is read before the message is added, or the message would be in it twice.
        const outbox = outboxOf(conversation.accountId);
        const id = random.id() as MessageId;
        const added = store.add({
          id,
          conversationId,
          direction: 'outgoing',
          text,
          asserted: null,
          atMs: clock.now(),
          state: 'queued',
          wireKey: callIdOf(id),
        });
        if (!added) return failed('internal', { detail: 'the message identity was taken' });
        conversations.set(conversationId, added.conversation);
        hooks.messageAdded(added.message, added.conversation);
        const entry = entryOf(added.message);
        if (entry) outbox.add(entry);
        return success({ messageId: id });
      }),
    retry: (messageId) =>
      stored(() => {
        const message = store.message(messageId);
        if (!message) return failed('not-found');
        if (message.direction !== 'outgoing' || message.state !== 'failed')
          return failed('conflict', { detail: `the message is ${message.state}` });
        const entry = entryOf(message);
        if (!entry) return failed('not-found');
        const outbox = outboxOf(entry.accountId);
        setState(messageId, 'queued', null);
        outbox.add(entry);
        return success(null);
      }),
    page: (conversationId, before, limit) =>
      stored(() => {
        if (!conversations.has(conversationId)) return failed('not-found');
        const page = store.page(conversationId, before, limit);
        return success({ messages: [...page.messages], hasMore: page.hasMore });
      }),
    markRead: (conversationId) =>
      stored(() => {
        if (conversations.get(conversationId)?.unreadCount === 0) return success(null);
        return changeConversation(store.markRead(conversationId));
      }),
    markUnread: (conversationId) => stored(() => changeConversation(store.markUnread(conversationId))),
    saveDraft: (conversationId, draft) => stored(() => changeConversation(store.saveDraft(conversationId, draft))),
    setMuted: (conversationId, muted) => stored(() => changeConversation(store.setMuted(conversationId, muted))),
    remove: (conversationId) =>
      stored(() => {
        const conversation = conversations.get(conversationId);
        if (!conversation) return failed('not-found');
        outboxOf(conversation.accountId).forget(conversationId);
        store.removeConversation(conversationId);
        conversations.delete(conversationId);
        hooks.conversationRemoved(conversationId);
        return success(null);
      }),
    receive(accountId, incoming) {
      if (incoming.contentType !== 'text/plain' && incoming.contentType !== '') return 'unsupported';
      const peer = incoming.from;
      if (incoming.body === '') return 'empty';
      try {
        const wireKey = incomingWireKey(incoming.callId, incoming.cseq);
        if (!isWelcome(accountId, peer, wireKey)) {
          logger.warn('a message of a stranger was refused: too many of them', { account: accountId });
          return 'too-many';
        }
        const now = clock.now();
        const added = store.receive(
          { id: random.id() as ConversationId, accountId, peer, displayName: incoming.displayName, atMs: now, answered: false },
          {
            id: random.id() as MessageId,
            direction: 'incoming',
            text: incoming.body,
            asserted: incoming.asserted,
            atMs: now,
            state: 'received',
            wireKey,
          },
        );
        if (!added) return 'duplicate';
        conversations.set(added.conversation.id, added.conversation);
        hooks.messageAdded(added.message, added.conversation);
        return 'stored';
      } catch (error) {
        if (!(error instanceof StorageFailure)) throw error;
        logger.error('an incoming message could not be stored', { error: error.message });
        return 'storage-failed';
      }
    },
    accountUsable(accountId) {
      outboxOf(accountId).pump();
    },
    accountRemoved(accountId) {
      outboxes.delete(accountId);
      for (const conversation of [...conversations.values()]) {
        if (conversation.accountId !== accountId) continue;
        conversations.delete(conversation.id);
        hooks.conversationRemoved(conversation.id);
      }
    },
  };
}
