/**
 * One presentity we watch: its subscription (RFC 3856) and what is known about it. Whenever the subscription does not
 * stand, the status is `unknown` since then: a dot must not outlive the subscription behind it.
 */
import type { AddressOfRecord } from '../../common/model/address-of-record.ts';
import type { Failure } from '../../common/model/failure.ts';
import type { AccountId } from '../../common/model/ids.ts';
import type { Presentity, PresenceStatus } from '../../common/model/presence.ts';
import type { Clock } from '../ports/clock.ts';
import type { UserAgent } from '../ports/sip-stack.ts';
import { keepSubscribed, type KeptSubscription } from '../subscriptions/kept-subscription.ts';
import { PIDF, readPidf } from './pidf.ts';

export interface WatchedHooks {
  usableUserAgent(): UserAgent | null;
  changed(presentity: Presentity): void;
}

export interface Watched extends KeptSubscription {
  readonly present: () => Presentity;
}

const ASKED_SECONDS = 600;

export function createWatched(accountId: AccountId, address: AddressOfRecord, clock: Clock, hooks: WatchedHooks): Watched {
  let presentity: Presentity = { accountId, address, status: 'unknown', note: '', sinceMs: clock.now(), failure: null };

  function learn(status: PresenceStatus, note: string, failure: Failure | null): void {
    const same = presentity.status === status && presentity.note === note;
    if (same && presentity.failure?.code === failure?.code) return;
    presentity = { accountId, address, status, note, sinceMs: presentity.status === status ? presentity.sinceMs : clock.now(), failure };
    hooks.changed(presentity);
  }

  const kept = keepSubscribed({ target: address, event: 'presence', accept: [PIDF], expiresSeconds: ASKED_SECONDS }, clock, {
    usableUserAgent: () => hooks.usableUserAgent(),
    notified: (contentType, body) => {
      if (contentType === '' || body.trim() === '') {
        // No state at all: nothing is published for the presentity.
        learn('offline', '', null);
        return;
      }
      const document = contentType === PIDF ? readPidf(body) : null;
      if (document) learn(document.status, document.note, null);
    },
    notStanding: (failure) => {
      learn('unknown', '', failure);
    },
  });
  return { present: () => presentity, ...kept };
}
