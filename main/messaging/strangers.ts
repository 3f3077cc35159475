/**
 * What people we do not know may leave with us: so many new conversations in a row, so many that nobody has read, so
 * many texts in one of them. What is beyond is refused for now (480), so that a server that keeps messages goes on
 * keeping them. People the user kept, wrote to or called are not counted.
 */
import type { Conversation } from '../../common/model/message.ts';
import type { Clock } from '../ports/clock.ts';

/** New conversations that may begin at once; a number that shows a day's worth of unknown senders of a busy line. */
const BURST = 60;
/** One more new conversation for each of these. */
const REFILL_MS = 10_000;
/** Conversations of strangers with something unread. */
const MOST_UNREAD_CONVERSATIONS = 500;
/** Unread texts of one stranger. */
const MOST_UNREAD_TEXTS = 1_000;

export interface Strangers {
  /** Whether a stranger without a conversation may begin one; counts it where so. */
  mayBegin(conversations: Iterable<Conversation>): boolean;
  /** Whether a stranger may go on writing into a conversation that nobody answered. */
  mayGoOn(conversation: Conversation): boolean;
}

export function createStrangers(clock: Clock): Strangers {
  let left = BURST;
  let countedAtMs = clock.now();

  function refill(): void {
    const nowMs = clock.now();
    const gained = Math.floor(Math.max(0, nowMs - countedAtMs) / REFILL_MS);
    left = Math.min(BURST, left + gained);
    // A clock that was set back starts the count again.
    countedAtMs = nowMs < countedAtMs || left === BURST ? nowMs : countedAtMs + gained * REFILL_MS;
  }

  return {
    mayBegin(conversations) {
      refill();
      if (left === 0) return false;
      let unread = 0;
      for (const each of conversations) if (!each.answered && each.unreadCount > 0) unread += 1;
      if (unread >= MOST_UNREAD_CONVERSATIONS) return false;
      left -= 1;
      return true;
    },
    mayGoOn: (conversation) => conversation.unreadCount < MOST_UNREAD_TEXTS,
  };
}
