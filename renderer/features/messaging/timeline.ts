/** Messages as they stand on screen: under the head of their day, those of one sender close together. */
import type { MessageId } from '../../../common/model/ids.ts';
import type { Message } from '../../../common/model/message.ts';
import { dayOf } from '../../../common/text/time-words.ts';

export type TimelineItem =
  /** What is below has not been read before. */
  | { readonly kind: 'unread'; readonly key: string }
  | { readonly kind: 'day'; readonly key: string; readonly atMs: number }
  | { readonly kind: 'message'; readonly key: string; readonly message: Message; readonly first: boolean; readonly last: boolean };

const CLOSE_MS = 5 * 60_000;

export function timelineOf(messages: readonly Message[], firstUnreadId: MessageId | null): TimelineItem[] {
  const items: TimelineItem[] = [];
  messages.forEach((message, index) => {
    const before = messages[index - 1];
    const after = messages[index + 1];
    if (!before || dayOf(before.atMs) !== dayOf(message.atMs)) {
      items.push({ kind: 'day', key: `day-${dayOf(message.atMs)}-${message.id}`, atMs: message.atMs });
    }
    const isFirstUnread = message.id === firstUnreadId;
    if (isFirstUnread) items.push({ kind: 'unread', key: 'unread' });
    items.push({
      kind: 'message',
      key: message.id,
      message,
      first: isFirstUnread || !before || !together(before, message),
      last: !after || after.id === firstUnreadId || !together(message, after),
    });
  });
  return items;
}

/** The oldest of the last `unreadCount` incoming messages; null where it is not among these, or nothing is unread. */
export function firstUnreadOf(messages: readonly Message[], unreadCount: number): MessageId | null {
  const incoming = messages.filter((message) => message.direction === 'incoming');
  return unreadCount > 0 ? (incoming.at(-unreadCount)?.id ?? null) : null;
}

function together(a: Message, b: Message): boolean {
  return a.direction === b.direction && b.atMs - a.atMs < CLOSE_MS && dayOf(a.atMs) === dayOf(b.atMs);
}
