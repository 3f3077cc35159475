import { describe, expect, it } from 'vitest';
import type { Registration } from '../../../../common/model/account.ts';
import type { Failure } from '../../../../common/model/failure.ts';
import {
  afterFact,
  initialRegistration,
  LONGEST_RETRY_MS,
  retryDelayMs,
  type RegistrationFact,
} from '../../../../main/accounts/registration.ts';

const NOW = 1_000_000;
const refusal: Failure = { code: 'credentials-refused', status: 403 };
const absence: Failure = { code: 'connection-refused' };
const facts = {
  attempt: { kind: 'attempt' },
  registered: { kind: 'registered', expiresInSeconds: 600 },
  refreshing: { kind: 'refreshing' },
  refused: { kind: 'failed', failure: refusal },
  unreachable: { kind: 'failed', failure: absence },
  lost: { kind: 'transport-lost', failure: absence },
  disabled: { kind: 'disabled' },
} as const satisfies Record<string, RegistrationFact>;

const state = (name: Registration['state']): Registration => ({ ...initialRegistration(500), state: name });

describe('a registration', () => {
  const table: readonly (readonly [from: Registration['state'], fact: keyof typeof facts, to: Registration['state']])[] = [
    ['unregistered', 'attempt', 'registering'],
    ['unregistered', 'registered', 'unregistered'], // a late answer after it was disabled
    ['unregistered', 'refreshing', 'unregistered'],
    ['unregistered', 'refused', 'unregistered'],
    ['unregistered', 'unreachable', 'unregistered'],
    ['unregistered', 'lost', 'unregistered'],
    ['unregistered', 'disabled', 'unregistered'],
    ['registering', 'attempt', 'registering'],
    ['registering', 'registered', 'registered'],
    ['registering', 'refreshing', 'registering'],
    ['registering', 'refused', 'refused'],
    ['registering', 'unreachable', 'unreachable'],
    ['registering', 'lost', 'unreachable'],
    ['registering', 'disabled', 'unregistered'],
    ['registered', 'attempt', 'registering'],
    ['registered', 'registered', 'registered'],
    ['registered', 'refreshing', 'refreshing'],
    ['registered', 'refused', 'refused'],
    ['registered', 'unreachable', 'unreachable'],
    ['registered', 'lost', 'unreachable'],
    ['registered', 'disabled', 'unregistered'],
    ['refreshing', 'attempt', 'registering'],
    ['refreshing', 'registered', 'registered'],
    ['refreshing', 'refreshing', 'refreshing'],
    ['refreshing', 'refused', 'refused'],
    ['refreshing', 'unreachable', 'unreachable'],
    ['refreshing', 'lost', 'unreachable'],
    ['refreshing', 'disabled', 'unregistered'],
    ['refused', 'attempt', 'registering'],
    ['refused', 'registered', 'registered'],
    ['refused', 'refreshing', 'refused'],
    ['refused', 'refused', 'refused'],
    ['refused', 'unreachable', 'unreachable'],
    ['refused', 'lost', 'refused'],
    ['refused', 'disabled', 'unregistered'],
    ['unreachable', 'attempt', 'registering'],
    ['unreachable', 'registered', 'registered'],
    ['unreachable', 'refreshing', 'unreachable'],
    ['unreachable', 'refused', 'refused'],
    ['unreachable', 'unreachable', 'unreachable'],
    ['unreachable', 'lost', 'unreachable'],
    ['unreachable', 'disabled', 'unregistered'],
  ];
  it.each(table)('that is %s is, after %s, %s', (from, fact, to) => {
    expect(afterFact(state(from), facts[fact], NOW, null).state).toBe(to);
  });

  it('has been registered since its first success, not since its last refresh', () => {
    const registered = afterFact(state('registering'), facts.registered, NOW, null);
    const refreshed = afterFact(afterFact(registered, facts.refreshing, NOW + 10, null), facts.registered, NOW + 20, null);
    expect(refreshed.sinceMs).toBe(NOW);
    expect(refreshed.expiresAtMs).toBe(NOW + 20 + 600_000);
  });

  it('says why it is refused and when it tries again', () => {
    expect(afterFact(state('registering'), facts.unreachable, NOW, 2_000)).toEqual({
      state: 'unreachable',
      sinceMs: NOW,
      failure: absence,
      nextAttemptAtMs: NOW + 2_000,
      expiresAtMs: null,
    });
  });

  it('is tried again after 1 s, then at twice the interval, never later than a minute', () => {
    const delays = Array.from({ length: 10 }, (_, tries) => retryDelayMs(absence, tries, 0.999999));
    expect(delays.slice(0, 7)).toEqual([1000, 2000, 4000, 8000, 16000, 32000, LONGEST_RETRY_MS]);
    expect(delays.at(-1)).toBe(LONGEST_RETRY_MS);
  });

  it('is spread by jitter over the upper half of the interval', () => {
    expect(retryDelayMs(absence, 4, 0)).toBe(8_000);
    expect(retryDelayMs(absence, 4, 0.5)).toBe(12_000);
  });

  it('is not tried again by itself with credentials that were refused', () => {
    expect(retryDelayMs(refusal, 0, 0)).toBeNull();
  });
});
