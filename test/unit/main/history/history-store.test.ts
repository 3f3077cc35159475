import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AddressOfRecord } from '../../../../common/model/address-of-record.ts';
import type { CallRecord, CallRecordPlace } from '../../../../common/model/call.ts';
import type { AccountId, CallRecordId, ConversationId, MessageId, PersonId } from '../../../../common/model/ids.ts';
import { openHistoryStore } from '../../../../main/history/open-history-store.ts';
import { allMigrations, migrate } from '../../../../main/history/migrations.ts';
import type { HistoryStore, NewMessage } from '../../../../main/ports/history-store.ts';
import { StorageFailure } from '../../../../main/ports/history-store.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { callRecord } from '../../../support/samples.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { testAccountSettings } from '../../../support/test-account.ts';

const account = 'account' as AccountId;
const bob = 'sip:bob@example.org' as AddressOfRecord;
const carol = 'sip:carol@example.org' as AddressOfRecord;
const conversationId = 'conversation' as ConversationId;

function open(path = join(temporaryFolder(), 'history.sqlite')): { store: HistoryStore; path: string } {
  const store = openHistoryStore(path, createFakeClock());
  let closed = false;
  const once = {
    ...store,
    close: () => {
      if (!closed) store.close();
      closed = true;
    },
  };
  onTestFinished(once.close);
  return { store: once, path };
}

function openWithConversation(path?: string) {
  const opened = open(path);
  opened.store.accounts.save({
    id: account,
    settings: testAccountSettings('sip:me@example.org'),
    hasPassword: true,
    colour: 0,
    isPractice: false,
    instanceId: 'instance',
    unusableSettings: [],
  });
  opened.store.messages.openConversation({
    id: conversationId,
    accountId: account,
    peer: bob,
    displayName: 'Bob',
    atMs: 1,
    answered: false,
  });
  return opened;
}

const message = (text: string, more: Partial<NewMessage> = {}): NewMessage => ({
  id: `id-${text}` as MessageId,
  conversationId,
  direction: 'incoming',
  text,
  asserted: null,
  atMs: 10,
  state: 'received',
  wireKey: `key-${text}`,
  ...more,
});

describe('the history', () => {
  it('keeps a message over a restart, with its conversation’s count and last text', () => {
    const { store, path } = openWithConversation();
    store.messages.add(message('hello €😀'));
    store.close();
    const again = open(path).store;
    expect(again.messages.page(conversationId, null, 10).messages.map((each) => each.text)).toEqual(['hello €😀']);
    expect(again.messages.conversations()[0]).toMatchObject({ unreadCount: 1, peerDisplayName: 'Bob', lastMessage: { text: 'hello €😀' } });
  });

  it('stores a message that arrives twice once', () => {
    const { store } = openWithConversation();
    expect(store.messages.add(message('a'))).not.toBeNull();
    expect(store.messages.add(message('b', { wireKey: 'key-a' }))).toBeNull();
    expect(store.messages.conversation(conversationId)?.unreadCount).toBe(1);
  });

  it('pages back through a conversation without gaps or repeats', () => {
    const { store } = openWithConversation();
    for (let count = 0; count < 25; count += 1) store.messages.add(message(`m${count}`));
    const seen: string[] = [];
    let before: number | null = null;
    for (let pages = 0; pages < 10; pages += 1) {
      const page = store.messages.page(conversationId, before, 10);
      seen.unshift(...page.messages.map((each) => each.text));
      before = page.messages[0]?.sequence ?? null;
      if (!page.hasMore) break;
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_, count) => `m${count}`));
  });

  it('lists what has not left in the order it was written', () => {
    const { store } = openWithConversation();
    store.messages.add(message('1', { direction: 'outgoing', state: 'queued' }));
    store.messages.add(message('2', { direction: 'outgoing', state: 'sent' }));
    store.messages.add(message('3', { direction: 'outgoing', state: 'sending' }));
    expect(store.messages.outbox(account).map((entry) => entry.message.text)).toEqual(['1', '3']);
  });

  it('keeps state and failure of a message', () => {
    const { store } = openWithConversation();
    store.messages.add(message('1', { direction: 'outgoing', state: 'queued' }));
    store.messages.setState('id-1' as MessageId, 'failed', { code: 'unknown-address', status: 404 });
    expect(store.messages.message('id-1' as MessageId)).toMatchObject({
      state: 'failed',
      failure: { code: 'unknown-address', status: 404 },
    });
  });

  it('removes an account with all that was said by it, also from the file', () => {
    const { store, path } = openWithConversation();
    store.messages.add(message('a secret recipe'));
    store.accounts.remove(account);
    expect(store.messages.conversations()).toEqual([]);
    store.close();
    expect(readFileSync(path).includes('a secret recipe')).toBe(false);
  });

  it('keeps what arrives together with its conversation, or neither', () => {
    const { store } = openWithConversation();
    const opening = { id: 'new' as ConversationId, accountId: account, peer: carol, displayName: 'Carol', atMs: 5, answered: false };
    const { conversationId: _, ...odd } = message('odd', { state: 'odd' as 'received' });
    expect(() => store.messages.receive(opening, odd)).toThrow(StorageFailure);
    expect(store.messages.conversationWith(account, carol)).toBeNull();
    const { conversationId: __, ...fine } = message('fine');
    expect(store.messages.receive(opening, fine)).toMatchObject({
      message: { text: 'fine' },
      conversation: { peer: carol, unreadCount: 1 },
    });
    expect(store.messages.receive({ ...opening, id: 'another' as ConversationId }, fine)).toBeNull();
  });

  it('keeps whom the server said had written', () => {
    const { store } = openWithConversation();
    store.messages.add(message('hi', { asserted: carol }));
    expect(store.messages.page(conversationId, null, 1).messages).toMatchObject([{ text: 'hi', asserted: carol }]);
  });

  it('answers a refusing disk with a StorageFailure and half-does nothing', () => {
    const { store } = openWithConversation();
    expect(() => store.messages.add(message('x', { conversationId: 'nowhere' as ConversationId }))).toThrow(StorageFailure);
    expect(() => store.messages.add(message('x', { state: 'odd' as 'sent' }))).toThrow(StorageFailure);
    expect(store.messages.page(conversationId, null, 10).messages).toEqual([]);
  });

  it('pages call records and counts the missed ones that were not seen', () => {
    const { store } = openWithConversation();
    const record = (n: number, outcome: CallRecord['outcome']): CallRecord =>
      callRecord(`r${n}`, { accountId: account, peer: bob, outcome, startedAtMs: n, unseen: outcome === 'missed' });
    const everything = { before: null, missedOnly: false, with: null, limit: 10 };
    for (let n = 1; n <= 5; n += 1) store.calls.put(record(n, n % 2 ? 'missed' : 'answered'));
    expect(store.calls.page({ ...everything, limit: 2 })).toMatchObject({
      records: [{ startedAtMs: 5 }, { startedAtMs: 4 }],
      hasMore: true,
    });
    const missedBefore = store.calls.page({ ...everything, before: { startedAtMs: 4, id: 'r4' as CallRecordId }, missedOnly: true });
    expect(missedBefore.records.map((each) => each.startedAtMs)).toEqual([3, 1]);
    const withCarol = { ...everything, with: { accountId: account, peer: carol } };
    expect(store.calls.page(withCarol).records).toEqual([]);
    store.calls.put({ ...record(6, 'busy'), peer: carol });
    expect(store.calls.page(withCarol).records).toMatchObject([{ id: 'r6' }]);
    expect(store.calls.unseenMissedCount()).toBe(3);
    store.calls.markSeen();
    expect(store.calls.unseenMissedCount()).toBe(0);
  });

  it('leaves out no record at the edge of a page where several began in the same millisecond', () => {
    const { store } = openWithConversation();
    const ids = ['a', 'b', 'c', 'd', 'e'];
    for (const id of ids) store.calls.put(callRecord(id, { accountId: account, startedAtMs: 7 }));
    const seen: string[] = [];
    for (let before: CallRecordPlace | null = null; ;) {
      const { records, hasMore } = store.calls.page({ before, missedOnly: false, with: null, limit: 2 });
      seen.push(...records.map(({ id }) => id));
      const last = records.at(-1);
      if (!hasMore || !last) break;
      before = { startedAtMs: last.startedAtMs, id: last.id };
    }
    expect(seen).toEqual(ids.toReversed());
  });

  it('keeps people and values', () => {
    const { store, path } = open();
    store.people.save({
      id: 'p' as PersonId,
      name: 'Bob',
      addresses: [{ address: bob, label: 'Desk' }],
      favourite: true,
      isPractice: false,
    });
    store.values.set('x', { y: [1] });
    store.close();
    const again = open(path).store;
    expect(again.people.all()[0]).toMatchObject({ name: 'Bob', addresses: [{ address: bob, label: 'Desk' }], favourite: true });
    expect(again.values.get('x')).toEqual({ y: [1] });
  });
});

describe('a row that does not fit its schema', () => {
  function spoiled(...statements: readonly string[]) {
    const { store, path } = openWithConversation();
    store.people.save({ id: 'p' as PersonId, name: 'Bob', addresses: [{ address: bob, label: '' }], favourite: false, isPractice: false });
    store.messages.add(message('first'));
    store.messages.add(message('second'));
    store.close();
    const database = new Database(path);
    for (const statement of statements) database.exec(statement);
    database.close();
    const again = open(path).store;
    const leftOut: string[] = [];
    again.onUnreadable(({ kind, id }) => leftOut.push(`${kind} ${id}`));
    return { store: again, leftOut };
  }

  it('is left out and told once, and the rest is read', () => {
    const { store, leftOut } = spoiled(
      `INSERT INTO person VALUES ('torn', 'Carol', '[{', 0, 0), ('nameless', '', '[]', 0, 0)`,
      `INSERT INTO account VALUES ('odd', '[]', 1, 0, 0, 'i', 2), ('nobody', '{"addressOfRecord":"x"}', 1, 0, 0, 'i', 3)`,
      `UPDATE message SET failure = '{' WHERE text = 'first'`,
      `INSERT INTO conversation (id, account_id, peer, peer_display_name, changed_at_ms) VALUES ('c2', 'account', 'no address', '', 1)`,
    );
    expect(store.people.all().map(({ name }) => name)).toEqual(['Bob']);
    expect(store.accounts.all().map(({ id }) => id)).toEqual(['account']);
    expect(store.messages.conversations().map(({ id }) => id)).toEqual([conversationId]);
    for (let count = 0; count < 2; count += 1)
      expect(store.messages.page(conversationId, null, 10).messages.map(({ text }) => text)).toEqual(['second']);
    expect(leftOut).toEqual(['person nameless', 'person torn', 'account odd', 'account nobody', 'conversation c2', 'message id-first']);
  });

  it('is an account whose settings were taken by an earlier Ahoy: it is listed, and what does not fit is named', () => {
    const { store, leftOut } = spoiled(
      `UPDATE account SET settings = json_set(settings, '$.webSocketPath', '//[', '$.transport', 'sctp', '$.later', true)`,
    );
    expect(store.accounts.all()).toMatchObject([
      { id: 'account', settings: { addressOfRecord: 'sip:me@example.org', webSocketPath: '/', transport: 'tls' } },
    ]);
    expect(new Set(store.accounts.all()[0]?.unusableSettings)).toEqual(new Set(['webSocketPath', 'transport']));
    expect(leftOut).toEqual([]);
  });
});

describe('a database that cannot be read', () => {
  it.each([
    [
      'is no database',
      (path: string) => {
        writeFileSync(path, 'not a database at all '.repeat(100));
      },
    ],
    [
      'has a torn page',
      (path: string) => {
        const bytes = readFileSync(path);
        bytes.fill(0xff, 4096, Math.min(bytes.length, 4096 * 4));
        writeFileSync(path, bytes);
      },
    ],
  ])('because it %s is moved aside with its log, and a fresh one is started', (_what, spoil) => {
    const { store, path } = openWithConversation();
    for (let count = 0; count < 200; count += 1) store.messages.add(message(`m${count} ${'x'.repeat(200)}`));
    store.close();
    spoil(path);
    writeFileSync(`${path}-wal`, 'a log');
    const fresh = open(path).store;
    expect(fresh.movedAsidePath).toMatch(/history-unreadable-.*\.sqlite$/);
    expect(existsSync(fresh.movedAsidePath!)).toBe(true);
    expect(existsSync(`${fresh.movedAsidePath!}-wal`)).toBe(true);
    expect(fresh.messages.conversations()).toEqual([]);
    fresh.values.set('x', 1);
  });

  it('is left alone where it is only newer than this Ahoy', () => {
    const { store, path } = open();
    store.close();
    const database = new Database(path);
    database.pragma('user_version = 9999');
    database.close();
    expect(() => open(path)).toThrow(/newer/);
  });
});

describe('the migrations', () => {
  it('run from an empty file, each once, in order', () => {
    const database = new Database(':memory:');
    migrate(database);
    migrate(database);
    expect(database.pragma('user_version', { simple: true })).toBe(allMigrations().length);
    database.close();
  });

  it('mark the conversations somebody wrote in from here as answered', () => {
    const database = new Database(':memory:');
    migrate(database, allMigrations().slice(0, 2));
    database.exec(`
      INSERT INTO account VALUES ('a', '{}', 1, 0, 0, 'i', 1);
      INSERT INTO conversation (id, account_id, peer, peer_display_name, changed_at_ms) VALUES ('wrote', 'a', 'sip:b@x', '', 1), ('read', 'a', 'sip:c@x', '', 1);
      INSERT INTO message (id, conversation_id, direction, text, at_ms, state, wire_key) VALUES
        ('1', 'wrote', 'incoming', 'hello', 1, 'received', 'k1'), ('2', 'wrote', 'outgoing', 'yes?', 2, 'sent', 'k2'), ('3', 'read', 'incoming', 'offer', 3, 'received', 'k3');
    `);
    migrate(database);
    expect(database.prepare('SELECT id, answered FROM conversation ORDER BY id').all()).toEqual([
      { id: 'read', answered: 0 },
      { id: 'wrote', answered: 1 },
    ]);
    database.close();
  });
});
