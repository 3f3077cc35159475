/**
 * What Ahoy keeps on disk. Every write is synchronous and has reached the database when the call returns
 * (a MESSAGE is answered 200 only then). Every method throws `StorageFailure` where the disk or the
 * database refused; nothing is half done then.
 */
import type { AccountSettings } from '../../common/model/account.ts';
import type { AddressOfRecord } from '../../common/model/address-of-record.ts';
import type { CallParty, CallRecord, CallRecordPlace } from '../../common/model/call.ts';
import type { Failure } from '../../common/model/failure.ts';
import type { AccountId, CallRecordId, ConversationId, MessageId, PersonId } from '../../common/model/ids.ts';
import type { Conversation, Message, MessageState } from '../../common/model/message.ts';
import type { Person } from '../../common/model/person.ts';

/** The database refused; the message says why, without contents. */
export class StorageFailure extends Error {
  override name = 'StorageFailure';
}

export interface AccountRow {
  readonly id: AccountId;
  readonly settings: AccountSettings;
  readonly hasPassword: boolean;
  readonly colour: number;
  readonly isPractice: boolean;
  readonly instanceId: string;
  /** Settings that could not be read and stand at their defaults: the account is not to be opened with them. */
  readonly unusableSettings: readonly string[];
}

export type RowKind = 'account' | 'person' | 'conversation' | 'message' | 'call';

/** A row that does not fit its schema. It is left where it is and left out of everything that is read. */
export interface UnreadableRow {
  readonly kind: RowKind;
  readonly id: string;
  /** What does not fit, without contents. */
  readonly problem: string;
}

export interface ConversationOpening {
  readonly id: ConversationId;
  readonly accountId: AccountId;
  readonly peer: AddressOfRecord;
  /** Kept where it is not empty. */
  readonly displayName: string;
  readonly atMs: number;
  /** Marks the conversation as answered; false leaves the mark as it is. */
  readonly answered: boolean;
}

export interface NewMessage {
  readonly id: MessageId;
  readonly conversationId: ConversationId;
  readonly direction: Message['direction'];
  readonly text: string;
  readonly asserted: AddressOfRecord | null;
  readonly atMs: number;
  readonly state: MessageState;
  /** Call-ID and, where the Call-ID may serve several messages, CSeq: what makes it the same message. */
  readonly wireKey: string;
}

/** A message that has not left, with what its next try needs. */
export interface OutboxEntry {
  readonly message: Message;
  readonly accountId: AccountId;
  readonly peer: AddressOfRecord;
  readonly wireKey: string;
}

export interface AccountStore {
  all(): readonly AccountRow[];
  save(row: AccountRow): void;
  /** Removes the account with its conversations, messages and call records. */
  remove(id: AccountId): void;
}

export interface MessageStore {
  conversations(): readonly Conversation[];
  conversation(id: ConversationId): Conversation | null;
  conversationWith(accountId: AccountId, peer: AddressOfRecord): Conversation | null;
  /** The conversation of this account and peer, made where there is none: by the user (`answered`), or for a stranger who wrote. */
  openConversation(opening: ConversationOpening): Conversation;
  removeConversation(id: ConversationId): void;
  /** Adds a message; an incoming one raises the unread count, an outgoing one marks the conversation as answered. Null where one with its wireKey is there already. */
  add(message: NewMessage): { readonly message: Message; readonly conversation: Conversation } | null;
  /**
   * What arrives, with its conversation, in one transaction: opened where there is none, and neither is left behind where
   * the other was refused. Null where the message is there already.
   */
  receive(
    opening: ConversationOpening,
    message: Omit<NewMessage, 'conversationId'>,
  ): { readonly message: Message; readonly conversation: Conversation } | null;
  message(id: MessageId): Message | null;
  /** Whether a message with this wireKey is there already. */
  has(conversationId: ConversationId, wireKey: string): boolean;
  setState(
    id: MessageId,
    state: MessageState,
    failure: Failure | null,
  ): { readonly message: Message; readonly conversation: Conversation } | null;
  /** Messages with a sequence below `before` (null: the newest), oldest first. */
  page(id: ConversationId, before: number | null, limit: number): { readonly messages: readonly Message[]; readonly hasMore: boolean };
  markRead(id: ConversationId): Conversation | null;
  /** The unread count is one at least. */
  markUnread(id: ConversationId): Conversation | null;
  saveDraft(id: ConversationId, draft: string): Conversation | null;
  setMuted(id: ConversationId, muted: boolean): Conversation | null;
  /** Unsent messages of an account in the order they were written. */
  outbox(accountId: AccountId): readonly OutboxEntry[];
}

export interface CallPage {
  /** The record it stands behind; null for the newest. */
  readonly before: CallRecordPlace | null;
  readonly missedOnly: boolean;
  /** Whose calls; null for everybody's. */
  readonly with: CallParty | null;
  readonly limit: number;
}

export interface CallStore {
  /** Adds the record, or replaces the one with its id. */
  put(record: CallRecord): void;
  /** Newest first. */
  page(wanted: CallPage): { readonly records: readonly CallRecord[]; readonly hasMore: boolean };
  unseenMissedCount(): number;
  markSeen(): void;
  remove(id: CallRecordId): void;
}

export interface PeopleStore {
  all(): readonly Person[];
  save(person: Person): void;
  remove(id: PersonId): void;
}

/** Small values by name: settings, own presence. */
export interface ValueStore {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
}

export interface HistoryStore {
  readonly accounts: AccountStore;
  readonly messages: MessageStore;
  readonly calls: CallStore;
  readonly people: PeopleStore;
  readonly values: ValueStore;
  /** Where the unreadable database that was found at start was moved to; null where all was well. */
  readonly movedAsidePath: string | null;
  /** Rows that could not be read, those found before included; each once. */
  onUnreadable(listener: (row: UnreadableRow) => void): void;
  close(): void;
}
