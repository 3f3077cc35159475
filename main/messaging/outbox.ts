/**
 * The outbox of one account: messages leave in order within a conversation, one at a time; different conversations
 * send in parallel. What got no final answer, in this run or an earlier one, is sent again under the same Call-ID
 * after the next registration. Nothing is sent unless the disk can record that it was: otherwise it would be sent
 * again after the next start.
 */
import { assertNever } from '../../common/model/assert-never.ts';
import type { Failure } from '../../common/model/failure.ts';
import type { ConversationId, MessageId } from '../../common/model/ids.ts';
import type { MessageState } from '../../common/model/message.ts';
import type { Clock } from '../ports/clock.ts';
import type { OutboxEntry } from '../ports/history-store.ts';
import type { MessageOutcome, UserAgent } from '../ports/sip-stack.ts';

export interface OutboxHooks {
  /** The account's user agent while it can send, else null. */
  usableUserAgent(): UserAgent | null;
  /** False where the disk did not keep it. */
  stateChanged(messageId: MessageId, state: MessageState, failure: Failure | null): boolean;
}

export interface Outbox {
  /** Takes a message that is stored as queued. */
  add(entry: OutboxEntry): void;
  /** Sends what waits; called when the account becomes usable. */
  pump(): void;
  /** Forgets what waits of a removed conversation. */
  forget(conversationId: ConversationId): void;
}

/** A server that takes messages and never answers must not be asked for ever. */
const MOST_UNANSWERED_TRIES = 3;
const UNANSWERED_RETRY_MS = 5_000;
/** A disk that refused is tried again after this long. */
const DISK_RETRY_MS = 5_000;

export function createOutbox(waiting: readonly OutboxEntry[], clock: Clock, hooks: OutboxHooks): Outbox {
  const queues = new Map<ConversationId, OutboxEntry[]>();
  const underWay = new Set<ConversationId>();
  const unanswered = new Map<MessageId, number>();
  /** How messages ended whose end the disk has not taken yet. */
  const unkept = new Map<MessageId, { readonly state: MessageState; readonly failure: Failure | null }>();
  for (const entry of waiting) queueOf(entry.message.conversationId).push(entry);

  function queueOf(conversationId: ConversationId): OutboxEntry[] {
    const queue = queues.get(conversationId) ?? [];
    queues.set(conversationId, queue);
    return queue;
  }

  function pumpConversation(conversationId: ConversationId): void {
    const queue = queueOf(conversationId);
    const entry = queue[0];
    if (!entry) {
      queues.delete(conversationId);
      return;
    }
    if (underWay.has(conversationId)) return;
    const userAgent = hooks.usableUserAgent();
    if (!userAgent) return;
    // While it waits for the disk as well: one wait, however often it is pumped meanwhile.
    underWay.add(conversationId);
    if (!hooks.stateChanged(entry.message.id, 'sending', null)) {
      clock.after(DISK_RETRY_MS, () => {
        underWay.delete(conversationId);
        pumpConversation(conversationId);
      });
      return;
    }
    void userAgent
      .sendMessage({ to: entry.peer, contentType: 'text/plain', body: entry.message.text, callId: entry.wireKey })
      .catch((error: unknown): MessageOutcome => ({ kind: 'interrupted', failure: { code: 'internal', detail: String(error) } }))
      .then((outcome) => {
        underWay.delete(conversationId);
        if (queues.get(conversationId)?.[0] !== entry) return; // removed meanwhile
        settle(entry, outcome);
      });
  }

  function settle(entry: OutboxEntry, outcome: MessageOutcome): void {
    const { id, conversationId } = entry.message;
    switch (outcome.kind) {
      case 'sent':
      case 'stored':
        finish(entry, outcome.kind, null);
        return;
      case 'refused':
        finish(entry, 'failed', outcome.failure);
        return;
      case 'interrupted': {
        // Only tries while the registration stood count: a lost connection is nobody's refusal.
        const tries = (unanswered.get(id) ?? 0) + (hooks.usableUserAgent() ? 1 : 0);
        unanswered.set(id, tries);
        if (tries >= MOST_UNANSWERED_TRIES) {
          finish(entry, 'failed', outcome.failure);
          return;
        }
        hooks.stateChanged(id, 'queued', null);
        clock.after(UNANSWERED_RETRY_MS, () => {
          pumpConversation(conversationId);
        });
        return;
      }
      default:
        assertNever(outcome);
    }
  }

  function finish(entry: OutboxEntry, state: MessageState, failure: Failure | null): void {
    const { id, conversationId } = entry.message;
    unanswered.delete(id);
    queueOf(conversationId).shift();
    keep(id, state, failure);
    pumpConversation(conversationId);
  }

  function keep(id: MessageId, state: MessageState, failure: Failure | null): void {
    if (hooks.stateChanged(id, state, failure)) {
      unkept.delete(id);
      return;
    }
    unkept.set(id, { state, failure });
    clock.after(DISK_RETRY_MS, () => {
      const end = unkept.get(id);
      if (end) keep(id, end.state, end.failure);
    });
  }

  return {
    add(entry) {
      queueOf(entry.message.conversationId).push(entry);
      pumpConversation(entry.message.conversationId);
    },
    pump() {
      for (const conversationId of [...queues.keys()]) pumpConversation(conversationId);
    },
    forget(conversationId) {
      queues.delete(conversationId);
    },
  };
}
