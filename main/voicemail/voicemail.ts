/**
 * Voicemail boxes: one subscription to the message summary of each account (RFC 3842). A server that has none refuses,
 * which needs no message; a box whose subscription ended is not known any more and is removed.
 */
import type { AddressOfRecord } from '../../common/model/address-of-record.ts';
import type { AccountId } from '../../common/model/ids.ts';
import type { VoicemailBox } from '../../common/model/voicemail.ts';
import type { Clock } from '../ports/clock.ts';
import type { UserAgent } from '../ports/sip-stack.ts';
import { keepSubscribed, type KeptSubscription } from '../subscriptions/kept-subscription.ts';
import { MESSAGE_SUMMARY, readMessageSummary } from './message-summary.ts';

export interface VoicemailHooks {
  usableUserAgent(accountId: AccountId): UserAgent | null;
  addressOf(accountId: AccountId): AddressOfRecord | null;
  changed(box: VoicemailBox, before: VoicemailBox | null): void;
  removed(accountId: AccountId): void;
}

export interface Voicemail {
  boxes(): readonly VoicemailBox[];
  accountUsable(accountId: AccountId): void;
  accountDisconnected(accountId: AccountId): void;
  accountRemoved(accountId: AccountId): void;
}

const ASKED_SECONDS = 3600;

export function createVoicemail(clock: Clock, hooks: VoicemailHooks): Voicemail {
  const boxes = new Map<AccountId, VoicemailBox>();
  /** What was last known of a box that is not known at the moment: a new connection is no new message. */
  const last = new Map<AccountId, VoicemailBox>();
  const subscriptions = new Map<AccountId, KeptSubscription>();

  function forget(accountId: AccountId): void {
    if (boxes.delete(accountId)) hooks.removed(accountId);
  }

  function notified(accountId: AccountId, contentType: string, body: string): void {
    const summary = contentType === MESSAGE_SUMMARY ? readMessageSummary(body) : null;
    if (!summary) return;
    const before = boxes.get(accountId) ?? null;
    if (before && before.newCount === summary.newCount && before.oldCount === summary.oldCount && before.address === summary.address)
      return;
    const box: VoicemailBox = { accountId, ...summary, sinceMs: clock.now() };
    boxes.set(accountId, box);
    hooks.changed(box, last.get(accountId) ?? null);
    last.set(accountId, box);
  }

  function subscriptionOf(accountId: AccountId, target: AddressOfRecord): KeptSubscription {
    const known = subscriptions.get(accountId);
    if (known) return known;
    const made = keepSubscribed({ target, event: 'message-summary', accept: [MESSAGE_SUMMARY], expiresSeconds: ASKED_SECONDS }, clock, {
      usableUserAgent: () => hooks.usableUserAgent(accountId),
      notified: (contentType, body) => {
        notified(accountId, contentType, body);
      },
      notStanding: () => {
        forget(accountId);
      },
    });
    subscriptions.set(accountId, made);
    return made;
  }

  return {
    boxes: () => [...boxes.values()],
    accountUsable(accountId) {
      const address = hooks.addressOf(accountId);
      if (address) subscriptionOf(accountId, address).subscribe();
    },
    accountDisconnected(accountId) {
      subscriptions.get(accountId)?.lost(null);
    },
    accountRemoved(accountId) {
      subscriptions.get(accountId)?.end();
      subscriptions.delete(accountId);
      last.delete(accountId);
      forget(accountId);
    },
  };
}
