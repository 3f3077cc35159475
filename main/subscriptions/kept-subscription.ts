/**
 * A subscription that is kept standing (RFC 6665): subscribed whenever the account can send, again after it was
 * ended, with growing intervals, and not at all where the notifier will not have us. What is notified, and what
 * it means that the subscription does not stand, is the business of whoever wants it.
 */
import type { Failure } from '../../common/model/failure.ts';
import type { Clock } from '../ports/clock.ts';
import type { RetryAfter, Subscription, SubscriptionRequest, UserAgent } from '../ports/sip-stack.ts';

export interface KeptSubscriptionHooks {
  usableUserAgent(): UserAgent | null;
  /** Lower-case content type without parameters; both empty for a NOTIFY without a body. */
  notified(contentType: string, body: string): void;
  /** It does not stand (any more): pending at the notifier, refused, ended, or the connection is gone. */
  notStanding(failure: Failure | null): void;
}

export interface KeptSubscription {
  /** Subscribes where it is not subscribed and may be. */
  readonly subscribe: () => void;
  /** The connection is gone, and what was subscribed over it. */
  readonly lost: (failure: Failure | null) => void;
  /** Nobody wants to know any more. */
  readonly end: () => void;
}

const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 300_000;

export function keepSubscribed(request: SubscriptionRequest, clock: Clock, hooks: KeptSubscriptionHooks): KeptSubscription {
  let subscription: Subscription | null = null;
  let cancelRetry: (() => void) | null = null;
  let retries = 0;
  let ended = false;

  function retryAfter(delayMs: number): void {
    cancelRetry?.();
    cancelRetry = clock.after(delayMs, subscribe);
  }

  function terminated(by: Subscription, failure: Failure | null, wanted: RetryAfter): void {
    if (subscription !== by || ended) return;
    subscription = null;
    hooks.notStanding(failure);
    // The notifier will not have us: a new registration is the next occasion (RFC 6665 §4.1.3).
    if (wanted === 'never') return;
    retries += 1;
    retryAfter(wanted === null ? Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(retries - 1, 10)) : Math.max(wanted, 1) * 1000);
  }

  function subscribe(): void {
    if (subscription !== null || ended) return;
    const userAgent = hooks.usableUserAgent();
    if (!userAgent) return;
    cancelRetry?.();
    cancelRetry = null;
    // A user agent may end a subscription from within `subscribe`; `made` tells late events from stale ones.
    const made: { current: Subscription } = { current: { end: () => undefined } };
    subscription = made.current;
    const isCurrent = (): boolean => subscription === made.current && !ended;
    const real = userAgent.subscribe(request, {
      accepted: () => undefined,
      pending: () => {
        if (isCurrent()) hooks.notStanding(null);
      },
      notified: (contentType, body) => {
        if (!isCurrent()) return;
        retries = 0;
        hooks.notified(contentType, body);
      },
      terminated: (failure, wanted) => {
        terminated(made.current, failure, wanted);
      },
    });
    if (isCurrent()) {
      made.current = real;
      subscription = real;
    }
  }

  return {
    subscribe,
    lost(failure) {
      const lost = subscription;
      subscription = null;
      lost?.end();
      cancelRetry?.();
      cancelRetry = null;
      retries = 0;
      if (!ended) hooks.notStanding(failure);
    },
    end() {
      ended = true;
      cancelRetry?.();
      subscription?.end();
      subscription = null;
    },
  };
}
