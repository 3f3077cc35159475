/** Messages and calls as they stand on screen: under the head of their day, messages of one sender close together. */
import type { CallRecord } from '../../../common/model/call.ts';
import type { MessageId } from '../../../common/model/ids.ts';
import type { Message } from '../../../common/model/message.ts';
import { dayOf } from '../../../common/text/time-words.ts';

type Entry =
  | { readonly kind: 'message'; readonly atMs: number; readonly message: Message }
  | { readonly kind: 'call'; readonly atMs: number; readonly record: CallRecord };

export type TimelineItem =
  /** What is below has not been read before. */
  | { readonly kind: 'unread'; readonly key: string }
  | { readonly kind: 'day'; readonly key: string; readonly atMs: number }
  | { readonly kind: 'call'; readonly key: string; readonly record: CallRecord }
  | {
      readonly kind: 'message';
      readonly key: string;
      readonly message: Message;
      readonly first: boolean;
      readonly last: boolean;
      readonly overtaken: boolean;
    };

const CLOSE_MS = 5 * 60_000;

/** Both in their order, the oldest first; a call stands where it began. */
export function timelineOf(
  messages: readonly Message[],
  calls: readonly CallRecord[],
  firstUnreadId: MessageId | null,
): readonly TimelineItem[] {
  const entries = merged(messages, calls);
  const lastReached = entries.findLastIndex(hasReached);
  return entries.flatMap((entry, index): TimelineItem[] => {
    const before = entries[index - 1];
    const after = entries[index + 1];
    const isNewDay = !before || dayOf(before.atMs) !== dayOf(entry.atMs);
    const id = entry.kind === 'message' ? entry.message.id : entry.record.id;
    const day: TimelineItem[] = isNewDay ? [{ kind: 'day', key: `day-${dayOf(entry.atMs)}-${id}`, atMs: entry.atMs }] : [];
    if (entry.kind === 'call') return [...day, { kind: 'call', key: id, record: entry.record }];
    const isFirstUnread = id === firstUnreadId;
    const unread: TimelineItem[] = isFirstUnread ? [{ kind: 'unread', key: 'unread' }] : [];
    const first = isFirstUnread || !together(before, entry);
    const last = (after?.kind === 'message' && after.message.id === firstUnreadId) || !together(entry, after);
    const overtaken = index < lastReached;
    return [...day, ...unread, { kind: 'message', key: id, message: entry.message, first, last, overtaken }];
  });
}

/**
 * The calls that belong among the messages that are loaded: none from before the oldest of them while there are
 * older ones, or calls would stand together where a conversation was.
 */
export function callsAmong(calls: readonly CallRecord[], messages: readonly Message[], hasOlder: boolean): readonly CallRecord[] {
  const sinceMs = hasOlder ? (messages[0]?.atMs ?? 0) : 0;
  return calls.filter((record) => record.startedAtMs >= sinceMs);
}

/** The oldest of the last `unreadCount` incoming messages; null where it is not among these, or nothing is unread. */
export function firstUnreadOf(messages: readonly Message[], unreadCount: number): MessageId | null {
  const incoming = messages.filter((message) => message.direction === 'incoming');
  return unreadCount > 0 ? (incoming.at(-unreadCount)?.id ?? null) : null;
}

/** Messages keep their order whatever their times say: it is the order in which they were stored. */
function merged(messages: readonly Message[], calls: readonly CallRecord[]): readonly Entry[] {
  const entries: Entry[] = [];
  let next = 0;
  const addCallsUntil = (atMs: number): void => {
    for (let record = calls[next]; record && record.startedAtMs < atMs; record = calls[next]) {
      entries.push({ kind: 'call', atMs: record.startedAtMs, record });
      next += 1;
    }
  };
  for (const message of messages) {
    addCallsUntil(message.atMs);
    entries.push({ kind: 'message', atMs: message.atMs, message });
  }
  addCallsUntil(Infinity);
  return entries;
}

/** They wrote, or what was written reached them: whatever a server kept for them before has gone on to them. */
function hasReached(entry: Entry): boolean {
  return entry.kind === 'message' && (entry.message.state === 'received' || entry.message.state === 'sent');
}

function together(a: Entry | undefined, b: Entry | undefined): boolean {
  if (a?.kind !== 'message' || b?.kind !== 'message') return false;
  if (a.message.asserted !== b.message.asserted) return false;
  return a.message.direction === b.message.direction && b.atMs - a.atMs < CLOSE_MS && dayOf(a.atMs) === dayOf(b.atMs);
}
