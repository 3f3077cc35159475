/**
 * The truth about one registration, as a table of what may follow what:
 *
 *  unregistered ──attempt──► registering ──registered──► registered ──refreshing──► refreshing
 *       ▲                     │      │                    │    ▲                     │    │
 *       │                  refused  lost                lost   └─────registered──────┘    │
 *    disabled                 ▼      ▼                    ▼                          refused, lost
 *  (from any)             refused  unreachable ◄──────────┴───────────────────────────────┘
 *                             └──attempt──► registering ◄──attempt──┘
 *
 * When the next attempt is due: 1 s, doubling to 60 s, each with jitter, so that a thousand clients do not
 * come back to a restarted server in the same moment.
 */
import { assertNever } from '../../common/model/assert-never.ts';
import type { Registration } from '../../common/model/account.ts';
import type { Failure } from '../../common/model/failure.ts';

export type RegistrationFact =
  | { readonly kind: 'attempt' }
  | { readonly kind: 'registered'; readonly expiresInSeconds: number }
  | { readonly kind: 'refreshing' }
  /** `retryAfterSeconds`: the registrar's own word, where it said one. */
  | { readonly kind: 'failed'; readonly failure: Failure; readonly retryAfterSeconds?: number | null | undefined }
  | { readonly kind: 'transport-lost'; readonly failure: Failure }
  | { readonly kind: 'disabled' };

/** How a failure is retried: with backoff, each minute only, or not before something changes. */
type RetryRule = 'backoff' | 'slow' | 'never';

const FIRST_RETRY_MS = 1_000;
export const LONGEST_RETRY_MS = 60_000;
/** The longest a registrar may send us away for. */
const LONGEST_WAIT_MS = 3_600_000;

/** Wrong credentials are not tried again by ourselves: servers lock accounts and addresses for that. */
function retryRule(failure: Failure): RetryRule {
  switch (failure.code) {
    case 'credentials-refused':
    case 'authentication-unsupported':
    case 'secrets-locked':
    case 'settings-unusable':
      return 'never';
    case 'certificate-refused':
    case 'forbidden':
    case 'unknown-address':
    case 'declined':
    case 'refused':
      return 'slow';
    default:
      return 'backoff';
  }
}

/** The registrar itself said no, as opposed to not being there. */
function isRefusal(failure: Failure): boolean {
  return retryRule(failure) !== 'backoff' && failure.code !== 'certificate-refused';
}

/**
 * Milliseconds until attempt number `failedAttempts + 1`; null where none follows by itself.
 * `fraction` in [0, 1) spreads it over the upper half of the interval.
 */
export function retryDelayMs(failure: Failure, failedAttempts: number, fraction: number, retryAfterSeconds?: number | null): number | null {
  const own = ownDelayMs(failure, failedAttempts, fraction);
  // RFC 3261 §20.33: not before that. A day's wait is somebody's mistake.
  return own === null || retryAfterSeconds == null ? own : Math.max(own, Math.min(retryAfterSeconds * 1000, LONGEST_WAIT_MS));
}

function ownDelayMs(failure: Failure, failedAttempts: number, fraction: number): number | null {
  switch (retryRule(failure)) {
    case 'never':
      return null;
    case 'slow':
      return LONGEST_RETRY_MS;
    case 'backoff': {
      const full = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failedAttempts, 16));
      return Math.max(FIRST_RETRY_MS, Math.round(full * (0.5 + fraction / 2)));
    }
  }
}

export function initialRegistration(nowMs: number): Registration {
  return { state: 'unregistered', sinceMs: nowMs, failure: null, nextAttemptAtMs: null, expiresAtMs: null };
}

/** The registration after a fact; the same object where the fact does not belong into the present state. */
export function afterFact(present: Registration, fact: RegistrationFact, nowMs: number, retryAfterMs: number | null): Registration {
  switch (fact.kind) {
    case 'attempt':
      return enter('registering');
    case 'registered':
      return present.state === 'unregistered'
        ? present
        : {
            ...enter('registered'),
            sinceMs: present.state === 'refreshing' || present.state === 'registered' ? present.sinceMs : nowMs,
            expiresAtMs: nowMs + fact.expiresInSeconds * 1000,
          };
    case 'refreshing':
      return present.state === 'registered' ? { ...present, state: 'refreshing' } : present;
    case 'failed':
      return present.state === 'unregistered' ? present : broken(isRefusal(fact.failure) ? 'refused' : 'unreachable', fact.failure);
    case 'transport-lost':
      // A refusal already known is worth more than the loss of the connection it came over.
      return present.state === 'unregistered' || present.state === 'refused' ? present : broken('unreachable', fact.failure);
    case 'disabled':
      return present.state === 'unregistered' ? present : initialRegistration(nowMs);
    default:
      return assertNever(fact);
  }

  function enter(state: Registration['state']): Registration {
    return { state, sinceMs: nowMs, failure: null, nextAttemptAtMs: null, expiresAtMs: null };
  }

  function broken(state: 'refused' | 'unreachable', failure: Failure): Registration {
    return {
      state,
      sinceMs: present.state === state ? present.sinceMs : nowMs,
      failure,
      nextAttemptAtMs: retryAfterMs === null ? null : nowMs + retryAfterMs,
      expiresAtMs: null,
    };
  }
}
