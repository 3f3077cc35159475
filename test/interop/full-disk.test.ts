/**
 * A disk without room, made of memory so that it is really full (mounting needs root, as in the tests' container):
 * what is there is read, what has left is kept as having left, and a start after an unclean end succeeds.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { AddressOfRecord } from '../../common/model/address-of-record.ts';
import type { AccountId, ConversationId, MessageId } from '../../common/model/ids.ts';
import { openHistoryStore } from '../../main/history/open-history-store.ts';
import { StorageFailure, type HistoryStore } from '../../main/ports/history-store.ts';
import { systemClock } from '../../main/system/system-clock.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testAccountSettings } from '../support/test-account.ts';

const conversationId = 'c' as ConversationId;
const MOST_TEXTS = 10_000;

function smallDisk(): string {
  const folder = temporaryFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder]);
  onTestFinished(() => void execFileSync('umount', ['--lazy', folder]));
  return join(folder, 'history.sqlite');
}

/** Writes until there is no room; how many texts were kept. */
function fill(store: HistoryStore): number {
  const accountId = 'a' as AccountId;
  const settings = testAccountSettings('sip:me@example.org');
  store.accounts.save({ id: accountId, settings, hasPassword: true, colour: 0, isPractice: false, instanceId: 'i', unusableSettings: [] });
  const peer = 'sip:bob@example.org' as AddressOfRecord;
  store.messages.openConversation({ id: conversationId, accountId, peer, displayName: '', atMs: 1, answered: true });
  for (let count = 0; count < MOST_TEXTS; count += 1) {
    try {
      const text = `${count} ${'x'.repeat(500)}`;
      store.messages.add({
        id: `m${count}` as MessageId,
        conversationId,
        direction: 'outgoing',
        text,
        asserted: null,
        atMs: 1,
        state: 'queued',
        wireKey: `${count}`,
      });
    } catch (error) {
      expect(error).toBeInstanceOf(StorageFailure);
      return count;
    }
  }
  throw new Error('the disk is not full');
}

it('On a full disk a text that has left is kept as sent, so that it is not sent again', () => {
  const store = openHistoryStore(smallDisk(), systemClock);
  onTestFinished(() => {
    store.close();
  });
  const count = fill(store);
  for (let n = 0; n < count; n += 1) {
    store.messages.setState(`m${n}` as MessageId, 'sending', null);
    expect(store.messages.setState(`m${n}` as MessageId, 'sent', null)?.message.state).toBe('sent');
  }
  expect(store.messages.outbox('a' as AccountId)).toEqual([]);
});

it('After an unclean end on a full disk Ahoy starts, with every text', () => {
  const path = smallDisk();
  const killed = openHistoryStore(path, systemClock);
  const count = fill(killed);
  // Never closed: its write-ahead log lies beside the file, and there is no room for a copy of it.
  const store = openHistoryStore(path, systemClock);
  expect(store.movedAsidePath).toBeNull();
  expect(store.messages.outbox('a' as AccountId)).toHaveLength(count);
  store.close();
});
