/**
 * One presentity we watch: its subscription (RFC 3856) and what is known of it. Whenever the subscription is
 * not standing, what is known is `unknown` since then: a dot must not outlive what told it.
 */
import type { AddressOfRecord } from '../../common/model/address-of-record.ts';
import type { Failure } from '../../common/model/failure.ts';
import type { AccountId } from '../../common/model/ids.ts';
import type { Presentity, PresenceStatus } from '../../common/model/presence.ts';
import type { Clock } from '../ports/clock.ts';
import type { Subscription, UserAgent } from '../ports/sip-stack.ts';
import { PIDF, readPidf } from './pidf.ts';

export interface WatchedHooks {
  usableUserAgent(): UserAgent | null;
  changed(presentity: Presentity): void;
}

export interface Watched {
  readonly present: () => Presentity;
  /** Subscribes where it is not subscribed and may be. */
  readonly subscribe: () => void;
  /** The connection is gone, and what was subscribed over it. */
  readonly lost: (failure: Failure | null) => void;
  /** Nobody wants to know any more. */
  readonly end: () => void;
}

const ASKED_SECONDS = 600;
const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 300_000;

export function createWatched(accountId: AccountId, address: AddressOfRecord, clock: Clock, hooks: WatchedHooks): Watched {
  let presentity: Presentity = { accountId, address, status: 'unknown', note: '', sinceMs: clock.now(), failure: null };
  let subscription: Subscription | null = null;
  let cancelRetry: (() => void) | null = null;
  let retries = 0;
  let ended = false;

  function learn(status: PresenceStatus, note: string, failure: Failure | null): void {
    const same = presentity.status === status && presentity.note === note;
    if (same && presentity.failure?.code === failure?.code) return;
    presentity = { accountId, address, status, note, sinceMs: presentity.status === status ? presentity.sinceMs : clock.now(), failure };
    hooks.changed(presentity);
  }

  function retryAfter(delayMs: number): void {
    cancelRetry?.();
    cancelRetry = clock.after(delayMs, subscribe);
  }

  function terminated(by: Subscription, failure: Failure | null, retryAfterSeconds: number | null): void {
    if (subscription !== by || ended) return;
    subscription = null;
    learn('unknown', '', failure);
    // -1: the notifier will not have us; a new registration is the next occasion (RFC 6665 §4.1.3).
    if (retryAfterSeconds === -1) return;
    retries += 1;
    retryAfter(
      retryAfterSeconds === null
        ? Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(retries - 1, 10))
        : Math.max(retryAfterSeconds, 1) * 1000,
    );
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
    const real = userAgent.subscribe(
      { target: address, event: 'presence', accept: [PIDF], expiresSeconds: ASKED_SECONDS },
      {
        accepted: () => undefined,
        pending: () => {
          if (isCurrent()) learn('unknown', '', null);
        },
        notified: (contentType, body) => {
          if (!isCurrent()) return;
          retries = 0;
          if (contentType === '' || body.trim() === '') {
            // No state at all: nothing is published for the presentity.
            learn('offline', '', null);
            return;
          }
          const document = contentType === PIDF ? readPidf(body) : null;
          if (document) learn(document.status, document.note, null);
        },
        terminated: (failure, retryAfterSeconds) => {
          terminated(made.current, failure, retryAfterSeconds);
        },
      },
    );
    if (isCurrent()) {
      made.current = real;
      subscription = real;
    }
  }

  return {
    present: () => presentity,
    subscribe,
    lost(failure) {
      const lost = subscription;
      subscription = null;
      lost?.end();
      cancelRetry?.();
      cancelRetry = null;
      retries = 0;
      if (!ended) learn('unknown', '', failure);
    },
    end() {
      ended = true;
      cancelRetry?.();
      subscription?.end();
      subscription = null;
    },
  };
}
