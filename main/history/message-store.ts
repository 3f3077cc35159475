/** Conversations and messages on disk. Each write is one transaction, committed when the call returns. */
import type Database from 'better-sqlite3';
import * as v from 'valibot';
import { AddressOfRecord } from '../../common/model/address-of-record.ts';
import { AccountId, type ConversationId } from '../../common/model/ids.ts';
import { Conversation, Message } from '../../common/model/message.ts';
import { StorageFailure, type ConversationOpening, type MessageStore, type NewMessage } from '../ports/history-store.ts';
import type { ReadableRows } from './readable-rows.ts';
import type { Reserve } from './reserve.ts';

interface ConversationRow {
  readonly id: string;
  readonly account_id: string;
  readonly peer: string;
  readonly peer_display_name: string;
  readonly unread_count: number;
  readonly draft: string;
  readonly muted: number;
  readonly answered: number;
  readonly changed_at_ms: number;
  readonly last_text: string | null;
  readonly last_direction: string | null;
  readonly last_state: string | null;
  readonly last_at_ms: number | null;
}

interface MessageRow {
  readonly sequence: number;
  readonly id: string;
  readonly conversation_id: string;
  readonly direction: string;
  readonly text: string;
  readonly asserted: string | null;
  readonly at_ms: number;
  readonly state: string;
  readonly failure: string | null;
  readonly wire_key: string;
}

interface OutboxRow extends MessageRow {
  readonly account_id: string;
  readonly peer: string;
}

const Unsent = v.strictObject({ message: Message, accountId: AccountId, peer: AddressOfRecord, wireKey: v.string() });

const CONVERSATION = `
  SELECT c.*, m.text AS last_text, m.direction AS last_direction, m.state AS last_state, m.at_ms AS last_at_ms
  FROM conversation c LEFT JOIN message m ON m.sequence = c.last_sequence`;

function toConversation(row: ConversationRow): unknown {
  return {
    id: row.id,
    accountId: row.account_id,
    peer: row.peer,
    peerDisplayName: row.peer_display_name,
    lastMessage:
      row.last_text === null
        ? null
        : {
            // The list shows one line of it.
            text: row.last_text.slice(0, 200),
            direction: row.last_direction,
            state: row.last_state,
            atMs: row.last_at_ms ?? 0,
          },
    unreadCount: row.unread_count,
    draft: row.draft,
    muted: row.muted !== 0,
    answered: row.answered !== 0,
    changedAtMs: row.changed_at_ms,
  };
}

function toMessage(row: MessageRow): unknown {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    direction: row.direction,
    text: row.text,
    asserted: row.asserted,
    atMs: row.at_ms,
    sequence: row.sequence,
    state: row.state,
    failure: row.failure === null ? null : (JSON.parse(row.failure) as unknown),
  };
}

export function createMessageStore(database: Database.Database, rows: ReadableRows, reserve: Reserve): MessageStore {
  const allConversations = database.prepare<[], ConversationRow>(`${CONVERSATION} ORDER BY c.changed_at_ms DESC`);
  const conversationById = database.prepare<[string], ConversationRow>(`${CONVERSATION} WHERE c.id = ?`);
  const conversationByPeer = database.prepare<[string, string], ConversationRow>(`${CONVERSATION} WHERE c.account_id = ? AND c.peer = ?`);
  const insertConversation = database.prepare(
    'INSERT INTO conversation (id, account_id, peer, peer_display_name, changed_at_ms, answered) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const renamePeer = database.prepare('UPDATE conversation SET peer_display_name = ? WHERE id = ?');
  const markAnswered = database.prepare('UPDATE conversation SET answered = 1 WHERE id = ?');
  const removeConversation = database.prepare('DELETE FROM conversation WHERE id = ?');
  const insertMessage = database.prepare(
    `INSERT INTO message (id, conversation_id, direction, text, asserted, at_ms, state, wire_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (conversation_id, wire_key) DO NOTHING`,
  );
  const touchConversation = database.prepare(
    'UPDATE conversation SET last_sequence = ?, changed_at_ms = ?, unread_count = unread_count + ?, answered = max(answered, ?) WHERE id = ?',
  );
  const messageById = database.prepare<[string], MessageRow>('SELECT * FROM message WHERE id = ?');
  const messageBySequence = database.prepare<[number | bigint], MessageRow>('SELECT * FROM message WHERE sequence = ?');
  const messageByWireKey = database.prepare<[string, string], { sequence: number }>(
    'SELECT sequence FROM message WHERE conversation_id = ? AND wire_key = ?',
  );
  const updateState = database.prepare('UPDATE message SET state = ?, failure = ? WHERE id = ?');
  const pageNewest = database.prepare<[string, number], MessageRow>(
    'SELECT * FROM message WHERE conversation_id = ? ORDER BY sequence DESC LIMIT ?',
  );
  const pageBefore = database.prepare<[string, number, number], MessageRow>(
    'SELECT * FROM message WHERE conversation_id = ? AND sequence < ? ORDER BY sequence DESC LIMIT ?',
  );
  const updateRead = database.prepare('UPDATE conversation SET unread_count = 0 WHERE id = ?');
  const updateUnread = database.prepare('UPDATE conversation SET unread_count = max(unread_count, 1) WHERE id = ?');
  const updateDraft = database.prepare('UPDATE conversation SET draft = ? WHERE id = ?');
  const updateMuted = database.prepare('UPDATE conversation SET muted = ? WHERE id = ?');
  const unsent = database.prepare<[string], OutboxRow>(
    `SELECT m.*, c.account_id, c.peer FROM message m JOIN conversation c ON c.id = m.conversation_id
     WHERE m.state IN ('queued', 'sending') AND c.account_id = ? ORDER BY m.sequence`,
  );

  const readConversation = (row: ConversationRow | undefined): Conversation | null =>
    row ? rows.one('conversation', Conversation, row, toConversation) : null;
  const readMessage = (row: MessageRow | undefined): Message | null => (row ? rows.one('message', Message, row, toMessage) : null);
  const conversation = (id: ConversationId): Conversation | null => readConversation(conversationById.get(id));
  const withConversation = (message: Message): { message: Message; conversation: Conversation } => {
    const of = conversation(message.conversationId);
    if (!of) throw new StorageFailure('message without its conversation');
    return { message, conversation: of };
  };

  const add = database.transaction((message: NewMessage) => {
    const inserted = insertMessage.run(
      message.id,
      message.conversationId,
      message.direction,
      message.text,
      message.asserted,
      message.atMs,
      message.state,
      message.wireKey,
    );
    if (inserted.changes === 0) return null;
    const isIncoming = message.direction === 'incoming';
    touchConversation.run(inserted.lastInsertRowid, message.atMs, isIncoming ? 1 : 0, isIncoming ? 0 : 1, message.conversationId);
    const added = readMessage(messageBySequence.get(inserted.lastInsertRowid));
    return added && withConversation(added);
  });

  const openConversation = database.transaction((opening: ConversationOpening): Conversation => {
    const { id, accountId, peer, displayName, atMs, answered } = opening;
    const present = conversationByPeer.get(accountId, peer);
    if (!present) insertConversation.run(id, accountId, peer, displayName, atMs, answered ? 1 : 0);
    else {
      if (displayName !== '' && present.peer_display_name !== displayName) renamePeer.run(displayName, present.id);
      if (answered && present.answered === 0) markAnswered.run(present.id);
    }
    const opened = readConversation(conversationByPeer.get(accountId, peer));
    if (!opened) throw new StorageFailure('the conversation was not kept, or cannot be read');
    return opened;
  });

  const receive = database.transaction((opening: ConversationOpening, message: Omit<NewMessage, 'conversationId'>) =>
    add({ ...message, conversationId: openConversation(opening).id }),
  );

  /**
   * A text that has left must not be sent again because the disk was full in that moment. The reserve makes room for a
   * checkpoint, and after it the write-ahead log is written from its beginning, in room it has already.
   */
  function withRoom(write: () => void): void {
    try {
      write();
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'SQLITE_FULL') throw error;
      reserve.giveUp();
      database.pragma('wal_checkpoint(RESTART)');
      write();
    }
  }

  return {
    conversations: () => rows.all('conversation', Conversation, allConversations.all(), toConversation),
    conversation,
    conversationWith: (accountId, peer) => readConversation(conversationByPeer.get(accountId, peer)),
    openConversation: (opening) => openConversation.immediate(opening),
    removeConversation(id) {
      removeConversation.run(id);
    },
    add: (message) => add.immediate(message),
    receive: (opening, message) => receive.immediate(opening, message),
    has: (id, wireKey) => messageByWireKey.get(id, wireKey) !== undefined,
    message: (id) => readMessage(messageById.get(id)),
    setState(id, state, failure) {
      withRoom(() => updateState.run(state, failure === null ? null : JSON.stringify(failure), id));
      const changed = readMessage(messageById.get(id));
      return changed && withConversation(changed);
    },
    page(id, before, limit) {
      const found = before === null ? pageNewest.all(id, limit + 1) : pageBefore.all(id, before, limit + 1);
      return { messages: rows.all('message', Message, found.slice(0, limit).reverse(), toMessage), hasMore: found.length > limit };
    },
    markUnread(id) {
      updateUnread.run(id);
      return conversation(id);
    },
    markRead(id) {
      updateRead.run(id);
      return conversation(id);
    },
    saveDraft(id, draft) {
      updateDraft.run(draft, id);
      return conversation(id);
    },
    setMuted(id, muted) {
      updateMuted.run(muted ? 1 : 0, id);
      return conversation(id);
    },
    outbox: (accountId) =>
      rows.all('message', Unsent, unsent.all(accountId), (row) => ({
        message: toMessage(row),
        accountId: row.account_id,
        peer: row.peer,
        wireKey: row.wire_key,
      })),
  };
}
