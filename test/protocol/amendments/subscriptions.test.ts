/**
 * JsSIP's subscriber, mended (RFC 6665 §4.1.2): its end without a last NOTIFY, its refresh, what it does not tell.
 *
 *   Alice                     Notifier
 *     |-- SUBSCRIBE, Expires 0 ->|
 *     |<-- 200, Expires 0 -------|
 *     |                          |   no NOTIFY: over all the same
 */
import Subscriber from 'jssip/lib/Subscriber.js';
import { expect, test } from 'vitest';
import { amendJsSip } from '../../../main/sip/amendments/all.ts';
import { accept, notify, startSubscribing } from '../../support/subscribing.ts';

amendJsSip();

test('an un-SUBSCRIBE that is answered without a last NOTIFY is over all the same', async () => {
  const { server, facts, subscribe, ended } = await startSubscribing();
  const subscription = subscribe();
  accept(server, await server.request('SUBSCRIBE'));
  await facts.until(([kind]) => kind === 'accepted');
  subscription.end();
  accept(server, await server.request('SUBSCRIBE', 2), '0');
  expect(await ended()).toEqual(['terminated', null, null]);
});

test('active without a body means that there is no state', async () => {
  const { server, facts, subscribe } = await startSubscribing();
  subscribe();
  const first = await server.request('SUBSCRIBE');
  accept(server, first);
  notify(server, first, 'active;expires=600');
  expect(await facts.until(([kind]) => kind === 'notified')).toEqual(['notified', '', '']);
});

test('a subscription of a few seconds, or of a century, is not refreshed without pause', () => {
  const scheduled: number[] = [];
  const original = globalThis.setTimeout;
  globalThis.setTimeout = ((_: unknown, ms: number) => {
    scheduled.push(ms);
    return 0;
  }) as never;
  try {
    const subscriber = Object.create(Subscriber.prototype) as Subscriber;
    for (const seconds of [1, 4, 10, 60, 600, 4_294_967_295]) subscriber._scheduleSubscribe(seconds);
  } finally {
    globalThis.setTimeout = original;
  }
  expect(scheduled).toHaveLength(6);
  for (const ms of scheduled) {
    expect(ms).toBeGreaterThanOrEqual(1_000);
    expect(ms).toBeLessThan(2 ** 31);
  }
});
