import { describe, expect, it } from 'vitest';
import type { AddressOfRecord } from '../../../../common/model/address-of-record.ts';
import type { AccountId } from '../../../../common/model/ids.ts';
import { PIDF, writePidf } from '../../../../main/presence/pidf.ts';
import { createWatched } from '../../../../main/presence/watched.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { createFakeUserAgent } from '../../../support/fake-user-agent.ts';

const bob = 'sip:bob@example.org' as AddressOfRecord;

function setUp() {
  const clock = createFakeClock(1000);
  const userAgent = createFakeUserAgent();
  const seen: string[] = [];
  const watched = createWatched('a' as AccountId, bob, clock, {
    usableUserAgent: () => userAgent,
    changed: ({ status, sinceMs }) => seen.push(`${status} ${sinceMs}`),
  });
  watched.subscribe();
  return { clock, userAgent, seen, watched, subscription: (index: number) => userAgent.subscriptions[index]! };
}

describe('a watched presentity', () => {
  it('is what its notifier says', () => {
    const { subscription, watched } = setUp();
    subscription(0).events.notified(PIDF, writePidf(bob, 't', 'busy', 'In a talk', 0));
    expect(watched.present()).toMatchObject({ status: 'busy', note: 'In a talk', failure: null });
  });

  it('is offline where nothing is published for it', () => {
    const { subscription, watched } = setUp();
    subscription(0).events.notified('', '');
    expect(watched.present().status).toBe('offline');
  });

  it('keeps since when it has been so over a repeated NOTIFY', () => {
    const { clock, subscription, watched } = setUp();
    subscription(0).events.notified(PIDF, writePidf(bob, 't', 'busy', '', 0));
    clock.advance(5000);
    subscription(0).events.notified(PIDF, writePidf(bob, 't', 'busy', '', 0));
    expect(watched.present().sinceMs).toBe(1000);
  });

  it('is unknown from the moment its subscription ends, and subscribed again when the notifier says', () => {
    const { clock, subscription, watched, userAgent } = setUp();
    subscription(0).events.notified(PIDF, writePidf(bob, 't', 'available', '', 0));
    clock.advance(7000);
    subscription(0).events.terminated(null, 5);
    expect(watched.present()).toMatchObject({ status: 'unknown', sinceMs: 8000 });
    clock.advance(5000);
    expect(userAgent.subscriptions).toHaveLength(2);
  });

  it('is unknown when the connection is lost, and what the old subscription still says is not heard', () => {
    const { subscription, watched, userAgent } = setUp();
    subscription(0).events.notified(PIDF, writePidf(bob, 't', 'available', '', 0));
    watched.lost({ code: 'connection-lost' });
    subscription(0).events.notified(PIDF, writePidf(bob, 't', 'available', '', 0));
    expect(watched.present()).toMatchObject({ status: 'unknown', failure: { code: 'connection-lost' } });
    expect(subscription(0).ended).toBe(true);
    watched.subscribe();
    expect(userAgent.subscriptions).toHaveLength(2);
  });

  it('is not asked for again where the notifier wants us never', () => {
    const { clock, subscription, userAgent } = setUp();
    subscription(0).events.terminated({ code: 'forbidden', status: 403 }, 'never');
    clock.advance(3_600_000);
    expect(userAgent.subscriptions).toHaveLength(1);
  });

  it('waits longer after each failed try', () => {
    const { clock, userAgent } = setUp();
    for (let tries = 0; tries < 3; tries += 1) {
      userAgent.subscriptions.at(-1)!.events.terminated({ code: 'server-error', status: 500 }, null);
      clock.advance(2000 * 2 ** tries);
    }
    expect(userAgent.subscriptions).toHaveLength(4);
    userAgent.subscriptions.at(-1)!.events.terminated({ code: 'server-error', status: 500 }, null);
    clock.advance(8000);
    expect(userAgent.subscriptions).toHaveLength(4);
  });
});
