/**
 * Presence: our own status, published by every registered account, and the presentities that somebody wants
 * to see. Who that is, main/app says (people, conversations, explicit watches); each is subscribed to once.
 */
import { domainOf, type AddressOfRecord } from '../../common/model/address-of-record.ts';
import type { Failure } from '../../common/model/failure.ts';
import type { AccountId } from '../../common/model/ids.ts';
import { KeyedMap } from '../../common/model/keyed-map.ts';
import { OwnStatus, type OwnPresence, type PresenceStatus, type Presentity, type Publication } from '../../common/model/presence.ts';
import type { Clock } from '../ports/clock.ts';
import type { ValueStore } from '../ports/history-store.ts';
import type { UserAgent } from '../ports/sip-stack.ts';
import { ATTENDED, statusWhileIdle, type AwayPolicy, type Idleness } from './idleness.ts';
import { writePidf } from './pidf.ts';
import { createPublication, type KeptEntityTag, type OwnPublication } from './publication.ts';
import { createWatched, type Watched } from './watched.ts';

export interface PresenceAdapters {
  readonly values: ValueStore;
  readonly clock: Clock;
}

export interface PresenceHooks {
  usableUserAgent(accountId: AccountId): UserAgent | null;
  addressOf(accountId: AccountId): AddressOfRecord | null;
  ownChanged(own: OwnPresence): void;
  changed(presentity: Presentity): void;
  forgotten(accountId: AccountId, address: AddressOfRecord): void;
}

export interface Watch {
  readonly accountId: AccountId;
  readonly address: AddressOfRecord;
}

/** Something for each that is watched; who asks for one and the same finds the same. */
export function byWatch<Value>(): KeyedMap<Watch, Value> {
  return new KeyedMap(({ accountId, address }) => [accountId, address]);
}

export interface Presence {
  own(): OwnPresence;
  presentities(): readonly Presentity[];
  publish(status: OwnStatus, note: string): void;
  /** While a call is active, others see that we are on the phone. */
  setOnThePhone(onThePhone: boolean): void;
  /** How long nobody touched the computer, and whether it is locked, as the host sees it; told as often as it likes. */
  setIdleness(idleness: Idleness): void;
  setAwayPolicy(policy: AwayPolicy): void;
  /** Whether a call would be heard here; where not, who is available is shown as away. */
  setReachable(reachable: boolean): void;
  /** The whole list of whom to watch; what is not in it any more is unsubscribed. */
  setWatches(watches: readonly Watch[]): void;
  accountUsable(accountId: AccountId): void;
  accountDisconnected(accountId: AccountId, failure: Failure | null): void;
  accountRemoved(accountId: AccountId): void;
  /** The account signs out: takes its publication back by this user agent, best effort, within a second. */
  accountLeaving(accountId: AccountId, userAgent: UserAgent): Promise<void>;
  /** Takes all publications back, best effort, within a second. */
  stop(): Promise<void>;
}

const OWN = 'own-presence';
const tagName = (accountId: AccountId): string => `presence-entity-tag ${accountId}`;

/** Many people are subscribed a few at a time, so that neither we nor the server stall. */
const SUBSCRIPTIONS_AT_ONCE = 20;
const NEXT_SUBSCRIPTIONS_MS = 20;
/** A server that does not answer must not keep Ahoy from signing out. */
const TAKE_BACK_MS = 1_000;

export function createPresence(adapters: PresenceAdapters, hooks: PresenceHooks): Presence {
  const { values, clock } = adapters;
  const watched = byWatch<Watched>();
  const publications = new Map<AccountId, OwnPublication>();
  /** What is not subscribed yet, in its turn. */
  const toSubscribe = byWatch<Watched>();
  let subscribing = false;
  let onThePhone = false;
  let idleness: Idleness = ATTENDED;
  let reachable = true;
  let awayPolicy: AwayPolicy = { afterMs: null, whenLocked: false };
  const stored = values.get(OWN) as { status?: unknown; note?: unknown; sinceMs?: unknown } | undefined;
  let status: OwnStatus = OwnStatus.options.find((each) => each === stored?.status) ?? 'available';
  let note = typeof stored?.note === 'string' ? stored.note : '';
  let sinceMs = typeof stored?.sinceMs === 'number' ? stored.sinceMs : clock.now();

  /** What others are shown. */
  function shown(): Exclude<PresenceStatus, 'offline' | 'unknown'> | 'appear-offline' {
    const attended = status === 'available' && !reachable ? 'away' : statusWhileIdle(status, idleness, awayPolicy);
    return onThePhone && (attended === 'available' || attended === 'away') ? 'on-the-phone' : attended;
  }

  function own(): OwnPresence {
    const seen = shown();
    return {
      status,
      note,
      sinceMs,
      shown: seen === 'appear-offline' ? 'offline' : seen,
      publications: [...publications.values()].map((each) => each.present()),
    };
  }

  function publicationOf(accountId: AccountId): OwnPublication {
    let publication = publications.get(accountId);
    if (!publication) {
      const kept = (values.get(tagName(accountId)) ?? null) as KeptEntityTag | null;
      publication = createPublication(accountId, kept, clock, {
        usableUserAgent: () => hooks.usableUserAgent(accountId),
        document: () => {
          return writePidf(
            hooks.addressOf(accountId) ?? ('sip:anonymous@anonymous.invalid' as AddressOfRecord),
            `a${accountId}`,
            shown(),
            note,
            clock.now(),
          );
        },
        changed: (_changed: Publication) => {
          hooks.ownChanged(own());
        },
        keepEntityTag: (tag) => {
          values.set(tagName(accountId), tag);
        },
      });
      publications.set(accountId, publication);
    }
    return publication;
  }

  /** Publishes where a change makes a difference to others. */
  function showing(change: () => void): void {
    const before = shown();
    change();
    if (shown() === before) return;
    hooks.ownChanged(own());
    publishAll();
  }

  function publishAll(): void {
    for (const publication of publications.values()) publication.publish();
  }

  function takeBack(accountId: AccountId, userAgent: UserAgent): Promise<void> {
    const removal = publications.get(accountId)?.remove(userAgent) ?? Promise.resolve();
    return new Promise((resolve) => {
      const cancel = clock.after(TAKE_BACK_MS, resolve);
      void removal.finally(() => {
        cancel();
        resolve();
      });
    });
  }

  function subscribeSome(): void {
    for (const [watch, each] of [...toSubscribe].slice(0, SUBSCRIPTIONS_AT_ONCE)) {
      toSubscribe.delete(watch);
      each.subscribe();
    }
    subscribing = toSubscribe.size > 0;
    if (subscribing) clock.after(NEXT_SUBSCRIPTIONS_MS, subscribeSome);
  }

  function subscribeSoon(watch: Watch, each: Watched): void {
    toSubscribe.set(watch, each);
    if (!subscribing) subscribeSome();
  }

  function ofAccount(accountId: AccountId): (readonly [Watch, Watched])[] {
    return [...watched].filter(([watch]) => watch.accountId === accountId);
  }

  return {
    own,
    presentities: () => watched.values().map((each) => each.present()),
    publish(nextStatus, nextNote) {
      if (nextStatus !== status) sinceMs = clock.now();
      status = nextStatus;
      note = nextNote;
      values.set(OWN, { status, note, sinceMs });
      hooks.ownChanged(own());
      publishAll();
    },
    setOnThePhone(next) {
      showing(() => {
        onThePhone = next;
      });
    },
    setIdleness(next) {
      showing(() => {
        idleness = next;
      });
    },
    setAwayPolicy(next) {
      showing(() => {
        awayPolicy = next;
      });
    },
    setReachable(next) {
      showing(() => {
        reachable = next;
      });
    },
    setWatches(watches) {
      // A `tel:` address has no presence of its own; nobody can be subscribed to without a domain.
      const wanted = byWatch<true>();
      for (const watch of watches) if (domainOf(watch.address) !== '') wanted.set(watch, true);
      for (const [watch, present] of watched) {
        if (wanted.has(watch)) continue;
        watched.delete(watch);
        toSubscribe.delete(watch);
        present.end();
        hooks.forgotten(watch.accountId, watch.address);
      }
      for (const [watch] of wanted) {
        if (watched.has(watch)) continue;
        const fresh = createWatched(watch.accountId, watch.address, clock, {
          usableUserAgent: () => hooks.usableUserAgent(watch.accountId),
          changed: (presentity) => {
            hooks.changed(presentity);
          },
        });
        watched.set(watch, fresh);
        hooks.changed(fresh.present());
        subscribeSoon(watch, fresh);
      }
    },
    accountUsable(accountId) {
      publicationOf(accountId).start();
      for (const [watch, each] of ofAccount(accountId)) subscribeSoon(watch, each);
    },
    accountDisconnected(accountId, failure) {
      publications.get(accountId)?.suspend();
      for (const [, each] of ofAccount(accountId)) each.lost(failure);
    },
    accountRemoved(accountId) {
      publications.delete(accountId);
      values.set(tagName(accountId), null);
      for (const [watch, each] of ofAccount(accountId)) {
        watched.delete(watch);
        toSubscribe.delete(watch);
        each.end();
        hooks.forgotten(accountId, watch.address);
      }
      hooks.ownChanged(own());
    },
    accountLeaving: takeBack,
    async stop() {
      await Promise.all(
        [...publications.keys()].map((accountId) => {
          const userAgent = hooks.usableUserAgent(accountId);
          return userAgent === null ? Promise.resolve() : takeBack(accountId, userAgent);
        }),
      );
    },
  };
}
