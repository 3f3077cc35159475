/** What others see of somebody who left the desk. */
import { describe, expect, it } from 'vitest';
import type { AddressOfRecord } from '../../../../common/model/address-of-record.ts';
import type { AccountId } from '../../../../common/model/ids.ts';
import { statusWhileIdle } from '../../../../main/presence/idleness.ts';
import { createPresence } from '../../../../main/presence/presence.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { createFakeUserAgent } from '../../../support/fake-user-agent.ts';

const policy = { afterMs: 600_000, whenLocked: true };

describe('a status while nobody touches the computer', () => {
  it.each([
    ['available', { idleMs: 0, locked: false }, policy, 'available'],
    ['available', { idleMs: 599_999, locked: false }, policy, 'available'],
    ['available', { idleMs: 600_000, locked: false }, policy, 'away'],
    ['available', { idleMs: 0, locked: true }, policy, 'away'],
    ['available', { idleMs: 0, locked: true }, { ...policy, whenLocked: false }, 'available'],
    ['available', { idleMs: 9e9, locked: false }, { ...policy, afterMs: null }, 'available'],
    ['busy', { idleMs: 9e9, locked: true }, policy, 'busy'],
    ['do-not-disturb', { idleMs: 9e9, locked: true }, policy, 'do-not-disturb'],
    ['appear-offline', { idleMs: 9e9, locked: true }, policy, 'appear-offline'],
    ['away', { idleMs: 0, locked: false }, policy, 'away'],
  ] as const)('%s with %j and %j is %s', (status, idleness, rule, seen) => {
    expect(statusWhileIdle(status, idleness, rule)).toBe(seen);
  });
});

describe('own presence', () => {
  function setUp() {
    const userAgent = createFakeUserAgent();
    const presence = createPresence(
      { values: { get: () => undefined, set: () => undefined }, clock: createFakeClock() },
      {
        usableUserAgent: () => userAgent,
        addressOf: () => 'sip:me@example.org' as AddressOfRecord,
        ownChanged: () => undefined,
        changed: () => undefined,
        forgotten: () => undefined,
      },
    );
    presence.setAwayPolicy(policy);
    presence.accountUsable('a' as AccountId);
    const settle = () => userAgent.published.at(-1)!.settle({ kind: 'published', entityTag: 'tag', expiresSeconds: 600 });
    return { presence, userAgent, settle };
  }

  it('is published as away once when the computer is left, and as available at the first touch', async () => {
    const { presence, userAgent, settle } = setUp();
    await settle();
    for (const idleMs of [5_000, 300_000, 600_000, 605_000, 610_000]) presence.setIdleness({ idleMs, locked: false });
    expect(userAgent.published).toHaveLength(2);
    expect(userAgent.published[1]!.request.body).toContain('away');
    expect(presence.own()).toMatchObject({ status: 'available', shown: 'away' });
    await settle();
    presence.setIdleness({ idleMs: 0, locked: false });
    expect(userAgent.published).toHaveLength(3);
    expect(userAgent.published[2]!.request.body).not.toContain('away');
    expect(presence.own()).toMatchObject({ status: 'available', shown: 'available' });
  });

  it('says more by a call than by a lock', async () => {
    const { presence, settle } = setUp();
    await settle();
    presence.setIdleness({ idleMs: 0, locked: true });
    presence.setOnThePhone(true);
    expect(presence.own().shown).toBe('on-the-phone');
    presence.setOnThePhone(false);
    expect(presence.own().shown).toBe('away');
  });

  it('changes at once when the policy does', async () => {
    const { presence, settle } = setUp();
    await settle();
    presence.setIdleness({ idleMs: 700_000, locked: false });
    presence.setAwayPolicy({ afterMs: null, whenLocked: true });
    expect(presence.own().shown).toBe('available');
  });

  it('of somebody who appears offline is shown as offline', () => {
    const { presence } = setUp();
    presence.publish('appear-offline', '');
    expect(presence.own().shown).toBe('offline');
  });
});
