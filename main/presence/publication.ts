/**
 * One account's publication of our presence (RFC 3903): initial, refresh, modify, remove, with 412 and 423.
 *
 *  unpublished ──publish──► publishing ──2xx──► published ──due, changed──► publishing
 *                               │  ▲                                          │
 *                               │  └──412: again without entity-tag───────────┤
 *                               └────────────other──► failed ◄────────────────┘
 *
 * One request at a time; what changes meanwhile is published after it.
 */
import type { Publication } from '../../common/model/presence.ts';
import type { AccountId } from '../../common/model/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { PublicationOutcome, UserAgent } from '../ports/sip-stack.ts';
import { PIDF } from './pidf.ts';

export interface PublicationHooks {
  usableUserAgent(): UserAgent | null;
  document(): string;
  changed(publication: Publication): void;
  /** The entity-tag to remember over a restart, so that our old state is replaced and not joined; null: none. */
  keepEntityTag(tag: KeptEntityTag | null): void;
}

export interface KeptEntityTag {
  readonly entityTag: string;
  readonly expiresAtMs: number;
}

export interface OwnPublication {
  readonly present: () => Publication;
  /** The account can send: publishes, and keeps publishing what changes. */
  readonly start: () => void;
  /** Publishes the present document, unless our state was taken back. */
  readonly publish: () => void;
  /** The account cannot send any more: refreshing waits for the next `publish`. */
  readonly suspend: () => void;
  /** Takes our state back (RFC 3903 §4.5), after what is under way; nothing is published before the next `start`. Best effort. */
  readonly remove: (userAgent: UserAgent) => Promise<void>;
}

const ASKED_SECONDS = 600;
const RETRY_MS = 30_000;

export function createPublication(accountId: AccountId, kept: KeptEntityTag | null, clock: Clock, hooks: PublicationHooks): OwnPublication {
  let publication: Publication = { accountId, state: 'unpublished', sinceMs: clock.now(), failure: null };
  let tag: KeptEntityTag | null = kept;
  let askedSeconds = ASKED_SECONDS;
  let underWay: Promise<void> | null = null;
  let isTakenBack = false;
  let wanted: 'nothing' | 'document' | 'refresh' = 'nothing';
  let cancelTimer: (() => void) | null = null;

  function enter(state: Publication['state'], failure: Publication['failure'] = null): void {
    publication = { accountId, state, sinceMs: publication.state === state ? publication.sinceMs : clock.now(), failure };
    hooks.changed(publication);
  }

  function schedule(delayMs: number, what: 'document' | 'refresh'): void {
    cancelTimer?.();
    cancelTimer = clock.after(delayMs, () => {
      if (wanted === 'nothing') wanted = what;
      run();
    });
  }

  function run(): void {
    if (underWay !== null || wanted === 'nothing') return;
    const userAgent = hooks.usableUserAgent();
    if (!userAgent) return;
    const live = tag !== null && tag.expiresAtMs > clock.now() ? tag.entityTag : null;
    // A refresh may go without a body (RFC 3903 §4.3), but Kamailio 5.6 with its publications in memory forgets the
    // state then and tells watchers that we left. With the document it is a modification that changes nothing.
    const isRefresh = wanted === 'refresh' && live !== null;
    wanted = 'nothing';
    cancelTimer?.();
    if (!isRefresh) enter('publishing');
    underWay = userAgent
      .publish({ event: 'presence', expiresSeconds: askedSeconds, entityTag: live, contentType: PIDF, body: hooks.document() })
      .then((outcome) => {
        underWay = null;
        // The same server answers an entity-tag it does not know with 500 instead of 412: without one it takes us.
        const isTagRefused = outcome.kind === 'failed' && live !== null && (outcome.failure.status ?? 0) >= 500;
        settle(isTagRefused ? { kind: 'unknown-entity-tag' } : outcome);
        run();
      });
  }

  function settle(outcome: PublicationOutcome): void {
    switch (outcome.kind) {
      case 'published':
        tag = { entityTag: outcome.entityTag, expiresAtMs: clock.now() + outcome.expiresSeconds * 1000 };
        hooks.keepEntityTag(tag);
        enter('published');
        schedule(Math.max(5_000, outcome.expiresSeconds * 850), 'refresh');
        return;
      case 'unknown-entity-tag':
        tag = null;
        hooks.keepEntityTag(null);
        wanted = 'document';
        return;
      case 'interval-too-brief':
        if (outcome.minExpiresSeconds <= askedSeconds) {
          enter('failed', { code: 'refused', status: 423 });
          schedule(RETRY_MS, 'document');
          return;
        }
        askedSeconds = outcome.minExpiresSeconds;
        wanted = 'document';
        return;
      case 'failed':
        enter('failed', outcome.failure);
        // 489 Bad Event and the like: a server without presence is not asked over and over.
        if (outcome.failure.status === undefined || outcome.failure.status >= 500 || outcome.failure.status === 408)
          schedule(RETRY_MS, 'document');
        return;
    }
  }

  return {
    present: () => publication,
    start() {
      isTakenBack = false;
      wanted = 'document';
      run();
    },
    publish() {
      if (isTakenBack) return;
      wanted = 'document';
      run();
    },
    suspend() {
      cancelTimer?.();
      wanted = 'nothing';
      if (publication.state !== 'unpublished') enter('unpublished');
    },
    async remove(userAgent) {
      isTakenBack = true;
      cancelTimer?.();
      wanted = 'nothing';
      // Its answer brings the entity-tag by which alone our state can be removed.
      await underWay;
      cancelTimer?.();
      wanted = 'nothing';
      if (tag === null) return;
      const { entityTag } = tag;
      tag = null;
      hooks.keepEntityTag(null);
      await userAgent.publish({ event: 'presence', expiresSeconds: 0, entityTag, contentType: null, body: null });
    },
  };
}
