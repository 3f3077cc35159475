/**
 * What strangers may leave with us: so many new conversations in a row, so many unread ones, so many texts in each.
 * What is beyond that is refused for now (480), so that a server that stores messages keeps them. People the user
 * added, wrote to or called are not counted.
 */
import type { Conversation } from '../../common/model/message.ts';
import { Ration } from '../../common/model/ration.ts';
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
  const beginnings = new Ration(BURST, REFILL_MS, clock.now());
  return {
    mayBegin(conversations) {
      if (!beginnings.hasLeft(clock.now())) return false;
      let unread = 0;
      for (const each of conversations) if (!each.answered && each.unreadCount > 0) unread += 1;
      if (unread >= MOST_UNREAD_CONVERSATIONS) return false;
      beginnings.take();
      return true;
    },
    mayGoOn: (conversation) => conversation.unreadCount < MOST_UNREAD_TEXTS,
  };
}
