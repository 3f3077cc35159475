/**
 * Presence: our own status and note, and what is known of the presentities we watch. `unknown` says since when,
 * because a green dot whose subscription died is a lie.
 */
import * as v from 'valibot';
import { AddressOfRecord } from './address-of-record.ts';
import { Failure } from './failure.ts';
import { AccountId } from './ids.ts';
import { EpochMs } from './time.ts';

/** What a person sets for themselves. */
export const OwnStatus = v.picklist(['available', 'busy', 'away', 'do-not-disturb', 'appear-offline']);
export type OwnStatus = v.InferOutput<typeof OwnStatus>;

/** What is shown of somebody: PIDF basic (RFC 3863) with RPID activities (RFC 4480) folded into one word. */
export const PresenceStatus = v.picklist(['available', 'busy', 'away', 'do-not-disturb', 'on-the-phone', 'offline', 'unknown']);
export type PresenceStatus = v.InferOutput<typeof PresenceStatus>;

export const Note = v.pipe(v.string(), v.maxLength(500));

const PublicationState = v.picklist(['unpublished', 'publishing', 'published', 'failed']);
export type PublicationState = v.InferOutput<typeof PublicationState>;

export const Publication = v.strictObject({
  accountId: AccountId,
  state: PublicationState,
  sinceMs: EpochMs,
  failure: v.nullable(Failure),
});
export type Publication = v.InferOutput<typeof Publication>;

export const OwnPresence = v.strictObject({
  status: OwnStatus,
  note: Note,
  sinceMs: EpochMs,
  /** What others are shown: `status`, or what a call, an idle or a locked computer makes of it. */
  shown: PresenceStatus,
  publications: v.array(Publication),
});
export type OwnPresence = v.InferOutput<typeof OwnPresence>;

export const Presentity = v.strictObject({
  accountId: AccountId,
  address: AddressOfRecord,
  status: PresenceStatus,
  note: Note,
  /** Since when this has been so, as far as we know. */
  sinceMs: EpochMs,
  /** Why it is unknown, where the notifier or the transport said; null otherwise. */
  failure: v.nullable(Failure),
});
export type Presentity = v.InferOutput<typeof Presentity>;

/** What is most worth knowing of somebody with several addresses, or watched by several accounts, comes first. */
const TELLING: readonly PresenceStatus[] = ['on-the-phone', 'do-not-disturb', 'busy', 'available', 'away', 'offline', 'unknown'];

/** The one of these that says most; null for none. */
export function mostTelling(presentities: Iterable<Presentity>): Presentity | null {
  let best: Presentity | null = null;
  for (const presentity of presentities) {
    if (!best || TELLING.indexOf(presentity.status) < TELLING.indexOf(best.status)) best = presentity;
  }
  return best;
}

/** What a presence document says, before we add what we know of its subscription. */
export const PresenceDocument = v.strictObject({
  status: PresenceStatus,
  note: Note,
});
export type PresenceDocument = v.InferOutput<typeof PresenceDocument>;
