import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../../common/model/failure.ts';
import { createRegistrarLine } from '../../../../main/accounts/registrar-line.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { createFakeRandom } from '../../../support/fake-random.ts';
import { createFakeUserAgent } from '../../../support/fake-user-agent.ts';

const gone: Failure = { code: 'connection-refused' };

function setUp() {
  const clock = createFakeClock(0);
  const userAgent = createFakeUserAgent();
  const usable: boolean[] = [];
  const line = createRegistrarLine(
    clock,
    createFakeRandom(0.999999),
    (now, wasUsable) => {
      const is = now.state === 'registered' || now.state === 'refreshing';
      if (is !== wasUsable) usable.push(is);
    },
    () => {
      line.attemptNow(userAgent);
    },
  );
  line.attemptNow(userAgent);
  const attempts = () => userAgent.asked.length;
  return { clock, line, attempts, usable, userAgent };
}

describe('the line to the registrar', () => {
  it('tries again after 1, 2 and 4 seconds while the server is gone', () => {
    const { clock, line, attempts } = setUp();
    for (const [wait, expected] of [
      [1_000, 2],
      [2_000, 3],
      [4_000, 4],
    ] as const) {
      line.report({ kind: 'failed', failure: gone });
      clock.advance(wait - 1);
      expect(attempts()).toBe(expected - 1);
      clock.advance(1);
      expect(attempts()).toBe(expected);
    }
  });

  it('begins with one second again after a success', () => {
    const { clock, line, attempts } = setUp();
    for (let tries = 0; tries < 4; tries += 1) {
      line.report({ kind: 'failed', failure: gone });
      clock.advance(60_000);
    }
    line.report({ kind: 'registered', expiresInSeconds: 600 });
    const before = attempts();
    line.report({ kind: 'transport-lost', failure: gone });
    clock.advance(1_000);
    expect(attempts()).toBe(before + 1);
  });

  it('tries at once when the network changes, and forgets what was planned', () => {
    const { clock, line, userAgent } = setUp();
    line.report({ kind: 'failed', failure: gone });
    line.reconnectNow(userAgent);
    expect(userAgent.asked).toEqual(['attempt', 'reconnect']);
    line.report({ kind: 'registered', expiresInSeconds: 600 });
    clock.advance(60_000);
    expect(userAgent.asked).toEqual(['attempt', 'reconnect']);
  });

  it('does not try again by itself with credentials that were refused', () => {
    const { clock, line, attempts } = setUp();
    line.report({ kind: 'failed', failure: { code: 'credentials-refused', status: 401 } });
    clock.advance(3_600_000);
    expect(attempts()).toBe(1);
  });

  it('tells once when the account can be used and once when it cannot', () => {
    const { line, usable } = setUp();
    line.report({ kind: 'registered', expiresInSeconds: 600 });
    line.report({ kind: 'refreshing' });
    line.report({ kind: 'registered', expiresInSeconds: 600 });
    line.report({ kind: 'transport-lost', failure: gone });
    expect(usable).toEqual([true, false]);
  });
});
