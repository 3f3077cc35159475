import { expect, test } from 'vitest';
import type { Transport } from '../../common/transport/transport.ts';
import type { Carrier } from '../../renderer/bridge/carrier.ts';
import { FakeHost } from '../support/fake-host.ts';
import { account, address, aliceAccountId, call, callRecord, conversation, message, person, presentity } from '../support/samples.ts';
import { storesOf } from './setup.ts';

/** Loses the next event on its way to the client when told to. */
function lossy(carrier: Carrier): Carrier & { loseNext(): void } {
  let losing = false;
  return {
    reconnects: carrier.reconnects,
    loseNext() {
      losing = true;
    },
    async open(): Promise<Transport> {
      const transport = await carrier.open();
      return {
        ...transport,
        onMessage(listener) {
          transport.onMessage((received) => {
            if (losing && JSON.stringify(received).includes('"deliver"')) losing = false;
            else listener(received);
          });
        },
      };
    },
  };
}

test('a store starts from the snapshot and follows the events after it', async () => {
  const host = new FakeHost();
  host.accounts = [account()];
  const stores = await storesOf(host);
  expect(stores.accounts.all.map((each) => each.registration.state)).toEqual(['registered']);

  host.setAccount(
    account({ registration: { state: 'refused', sinceMs: 2, failure: { code: 'forbidden' }, nextAttemptAtMs: null, expiresAtMs: null } }),
  );
  await expect.poll(() => stores.accounts.get(aliceAccountId)?.registration.failure?.code).toBe('forbidden');
  expect(host.snapshots.get('accounts')).toBe(1);
});

test('a store that missed an event loads the snapshot again', async () => {
  const host = new FakeHost();
  host.accounts = [account()];
  const carrier = lossy(host.carrier());
  const stores = await storesOf(host, 'main', carrier);

  carrier.loseNext();
  host.setAccount(account({ colour: 5 }));
  expect(stores.accounts.get(aliceAccountId)?.colour).toBe(0);
  host.people = [person('Bob', 'bob@example.org')];
  host.publish('people.changed', { person: host.people[0]! });
  host.publish('accounts.changed', { account: account({ colour: 5, hasPassword: false }) });
  await expect.poll(() => host.snapshots.get('accounts')).toBe(2);
  await expect.poll(() => stores.accounts.get(aliceAccountId)?.colour).toBe(5);
  expect(host.snapshots.get('people')).toBe(1);
});

test('a new connection after a lost one brings the stores up to date', async () => {
  const host = new FakeHost();
  host.accounts = [account()];
  const stores = await storesOf(host);

  host.reachable = false;
  host.dropConnections();
  await expect.poll(() => stores.connection.online).toBe(false);
  expect(await stores.accounts.register(aliceAccountId)).toEqual({ ok: false, failure: { code: 'disconnected' } });
  host.accounts = [account({ colour: 3 })];
  host.reachable = true;
  await expect.poll(() => stores.connection.online).toBe(true);
  await expect.poll(() => stores.accounts.get(aliceAccountId)?.colour).toBe(3);
});

test('what was known of somebody is unknown while the host does not answer', async () => {
  const host = new FakeHost();
  host.presentities = [presentity('bob@example.org', 'available')];
  const stores = await storesOf(host);
  await expect.poll(() => stores.presence.of([address('bob@example.org')])?.status).toBe('available');

  host.reachable = false;
  host.dropConnections();
  await expect.poll(() => stores.presence.of([address('bob@example.org')])?.status).toBe('unknown');
  host.reachable = true;
  await expect.poll(() => stores.presence.of([address('bob@example.org')])?.status).toBe('available');
});

test('a command changes nothing by itself: the event does', async () => {
  const host = new FakeHost();
  host.calls = [call('c1', { state: 'active' })];
  const stores = await storesOf(host);
  await stores.calls.hold(host.calls[0]!.id);
  expect(stores.calls.get(host.calls[0]!.id)?.heldByUs).toBe(false);
  host.setCall({ ...host.calls[0]!, heldByUs: true });
  await expect.poll(() => stores.calls.get(call('c1').id)?.heldByUs).toBe(true);
});

test('an ended call leaves the running ones and is remembered with its reason', async () => {
  const host = new FakeHost();
  host.calls = [call('c1', { state: 'active' })];
  const stores = await storesOf(host);
  host.setCall(call('c1', { state: 'ended', failure: { code: 'busy' } }));
  await expect.poll(() => stores.calls.running.length).toBe(0);
  expect(stores.calls.get(call('c1').id)?.failure?.code).toBe('busy');
});

test('messages are loaded by pages, and events come on top of them', async () => {
  const host = new FakeHost();
  const talk = conversation('bob@example.org');
  host.conversations = [talk];
  host.messages = Array.from({ length: 120 }, (_, index) => message(talk.id, index + 1));
  const stores = await storesOf(host);
  const pages = stores.messaging.pagesOf(talk.id);
  await expect.poll(() => pages.loaded).toBe(true);
  expect([pages.items[0]?.sequence, pages.items.length, pages.hasOlder]).toEqual([71, 50, true]);

  await pages.loadOlder();
  await pages.loadOlder();
  expect([pages.items[0]?.sequence, pages.items.length, pages.hasOlder]).toEqual([1, 120, false]);

  host.addMessage(message(talk.id, 121));
  await expect.poll(() => pages.items.at(-1)?.sequence).toBe(121);
  host.changeMessage(pages.items.at(-1)!.id, { text: 'changed' });
  await expect.poll(() => pages.items.at(-1)?.text).toBe('changed');
  expect(stores.messaging.unreadCount).toBe(1);
});

test('past calls are loaded by pages and forget their mark when they were looked at', async () => {
  const host = new FakeHost();
  host.unseenMissedCount = 1;
  host.records = Array.from({ length: 60 }, (_, index) =>
    callRecord(`r${index}`, { startedAtMs: 1_000 + index, outcome: index % 2 ? 'missed' : 'answered', unseen: index === 59 }),
  );
  const stores = await storesOf(host);
  await stores.history.show(false);
  await stores.history.pages.loadOlder();
  expect(stores.history.records.length).toBe(60);
  await stores.history.show(true);
  expect(stores.history.records.every((record) => record.outcome === 'missed')).toBe(true);
  await stores.history.markSeen();
  await expect.poll(() => stores.history.unseenMissedCount).toBe(0);
  expect(stores.history.records.some((record) => record.unseen)).toBe(false);
});
