/** Messages by SIP MESSAGE (RFC 3428) and the conversations they stand in. */
import * as v from 'valibot';
import { AddressOfRecord } from './address-of-record.ts';
import { Failure } from './failure.ts';
import { AccountId, ConversationId, MessageId } from './ids.ts';
import { EpochMs } from './time.ts';

/** In characters: it keeps a message under 64 KiB on the wire, in UTF-8. */
export const LONGEST_TEXT = 16_000;
export const MessageText = v.pipe(v.string(), v.minLength(1), v.maxLength(LONGEST_TEXT));

const MessageDirection = v.picklist(['incoming', 'outgoing']);
export type MessageDirection = v.InferOutput<typeof MessageDirection>;

/**
 * An outgoing message's way:
 * queued ─► sending ─► sent            (2xx)
 *    ▲         ├─────► stored          (202: the server keeps it until the far side is back)
 *    │         ├─────► failed ─ retry ─► queued
 *    └─────────┘ connection lost, or Ahoy restarted, before a final response
 * An incoming message is `received`.
 */
export const MessageState = v.picklist(['received', 'queued', 'sending', 'sent', 'stored', 'failed']);
export type MessageState = v.InferOutput<typeof MessageState>;

export const Message = v.strictObject({
  id: MessageId,
  conversationId: ConversationId,
  direction: MessageDirection,
  text: v.string(),
  /** Somebody else, who the server says wrote it, where the account does not believe it; null otherwise. */
  asserted: v.nullable(AddressOfRecord),
  /** When it was written here or arrived here. */
  atMs: EpochMs,
  /** Grows by one with each message of the store; orders messages of equal time. */
  sequence: v.pipe(v.number(), v.integer(), v.minValue(0)),
  state: MessageState,
  failure: v.nullable(Failure),
});
export type Message = v.InferOutput<typeof Message>;

const LastMessage = v.strictObject({
  text: v.string(),
  direction: MessageDirection,
  state: MessageState,
  atMs: EpochMs,
});
export type LastMessage = v.InferOutput<typeof LastMessage>;

export const Conversation = v.strictObject({
  id: ConversationId,
  accountId: AccountId,
  peer: AddressOfRecord,
  /** The display name last seen in a From header; empty where none was. */
  peerDisplayName: v.string(),
  lastMessage: v.nullable(LastMessage),
  unreadCount: v.pipe(v.number(), v.integer(), v.minValue(0)),
  draft: v.string(),
  /** No alerts of its messages. */
  muted: v.boolean(),
  /** The user opened it or wrote in it, so its peer is no stranger. */
  answered: v.boolean(),
  /** When it was opened or last written in: the list's order. */
  changedAtMs: EpochMs,
});
export type Conversation = v.InferOutput<typeof Conversation>;

/** The conversation with this address that was written in last, by whichever account. */
export function newestWith(conversations: readonly Conversation[], peer: AddressOfRecord): Conversation | null {
  let newest: Conversation | null = null;
  for (const each of conversations) if (each.peer === peer && (!newest || each.changedAtMs > newest.changedAtMs)) newest = each;
  return newest;
}

/** States in which the message still wants to leave. */
export function isUnsent(state: MessageState): boolean {
  return state === 'queued' || state === 'sending';
}
