/** Messages as they stand on screen: under the head of their day, those of one sender close together. */
import type { Message } from '../../../common/model/message.ts';
import { dayOf } from '../../../common/text/time-words.ts';

export type TimelineItem =
  | { readonly kind: 'day'; readonly key: string; readonly atMs: number }
  | { readonly kind: 'message'; readonly key: string; readonly message: Message; readonly first: boolean; readonly last: boolean };

const CLOSE_MS = 5 * 60_000;

export function timelineOf(messages: readonly Message[]): TimelineItem[] {
  const items: TimelineItem[] = [];
  messages.forEach((message, index) => {
    const before = messages[index - 1];
    const after = messages[index + 1];
    if (!before || dayOf(before.atMs) !== dayOf(message.atMs)) {
      items.push({ kind: 'day', key: `day-${dayOf(message.atMs)}-${message.id}`, atMs: message.atMs });
    }
    items.push({
      kind: 'message',
      key: message.id,
      message,
      first: !before || !together(before, message),
      last: !after || !together(message, after),
    });
  });
  return items;
}

function together(a: Message, b: Message): boolean {
  return a.direction === b.direction && b.atMs - a.atMs < CLOSE_MS && dayOf(a.atMs) === dayOf(b.atMs);
}
