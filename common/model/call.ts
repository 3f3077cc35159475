/** Calls as the user sees them, and the records that stay when they are over. */
import * as v from 'valibot';
import { AddressOfRecord } from './address-of-record.ts';
import { Failure } from './failure.ts';
import { AccountId, CallId, CallRecordId } from './ids.ts';
import { KeyedMap } from './keyed-map.ts';
import { EpochMs } from './time.ts';

const CallDirection = v.picklist(['incoming', 'outgoing']);
export type CallDirection = v.InferOutput<typeof CallDirection>;

/**
 * outgoing: preparing ─► calling ─► ringing ─► active ─► ended
 *             (waits for a window that owns the media; then INVITE; 180; 2xx)
 * incoming: ringing ─► accepting ─► active ─► ended
 *             (accepting: waits for a window that owns the media, then 200)
 * Every state may go to `ended`.
 */
const CallState = v.picklist(['preparing', 'calling', 'ringing', 'accepting', 'active', 'ended']);
export type CallState = v.InferOutput<typeof CallState>;

/**
 * How a call's sound is protected, as far as this end can know: to the phone, or to the server that stands before it.
 * dtls: keys that only the two ends have. sdes: keys in the signalling, which is encrypted to our server. sdes-in-clear:
 * keys that whoever reads the signalling has. none: not encrypted.
 */
export const MediaProtection = v.picklist(['dtls', 'sdes', 'sdes-in-clear', 'none']);
export type MediaProtection = v.InferOutput<typeof MediaProtection>;

export const Call = v.strictObject({
  id: CallId,
  accountId: AccountId,
  direction: CallDirection,
  peer: AddressOfRecord,
  peerDisplayName: v.string(),
  /** Somebody else, whom the server says it is, where the account does not believe it; null otherwise. */
  asserted: v.nullable(AddressOfRecord),
  state: CallState,
  /** What the call has, or offers while it rings. */
  video: v.boolean(),
  /** Whether early media is playing, so that no ringback tone of our own is needed. */
  earlyMedia: v.boolean(),
  heldByUs: v.boolean(),
  heldByThem: v.boolean(),
  muted: v.boolean(),
  /** Our picture is not sent. */
  cameraOff: v.boolean(),
  /** Why the camera could not be turned on, until it is tried again; null otherwise. */
  cameraFailure: v.nullable(Failure),
  /** A hold, resume or other renegotiation is under way. */
  renegotiating: v.boolean(),
  /** Null before it is answered. */
  protection: v.nullable(MediaProtection),
  /** Whether a window owns its media. */
  hasMediaOwner: v.boolean(),
  startedAtMs: EpochMs,
  answeredAtMs: v.nullable(EpochMs),
  endedAtMs: v.nullable(EpochMs),
  /** Why it ended or could not start; null for an ordinary end. */
  failure: v.nullable(Failure),
});
export type Call = v.InferOutput<typeof Call>;

/** Whether it waits for the user's answer. */
export function isRinging(call: Pick<Call, 'direction' | 'state'>): boolean {
  return call.direction === 'incoming' && call.state === 'ringing';
}

export const CallOutcome = v.picklist(['answered', 'missed', 'declined', 'cancelled', 'busy', 'failed', 'answered-elsewhere']);
export type CallOutcome = v.InferOutput<typeof CallOutcome>;

export const CallRecord = v.strictObject({
  id: CallRecordId,
  accountId: AccountId,
  direction: CallDirection,
  peer: AddressOfRecord,
  peerDisplayName: v.string(),
  video: v.boolean(),
  outcome: CallOutcome,
  startedAtMs: EpochMs,
  /** Talk time; 0 where it was never answered. */
  durationMs: v.pipe(v.number(), v.integer(), v.minValue(0)),
  failure: v.nullable(Failure),
  /** A missed call the user has not looked at yet. */
  unseen: v.boolean(),
  /** Missed calls that came in a flood are counted in one record, which says when the last one came. */
  count: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** They were not all of this peer. */
  severalCallers: v.boolean(),
});
export type CallRecord = v.InferOutput<typeof CallRecord>;

/** A call that is over, with what its record needs to know of it. */
export interface EndedCall {
  readonly call: Call;
  /** Our user ended it. */
  readonly byUs: boolean;
  /** By an explicit refusal of an incoming call. */
  readonly declined: boolean;
  /** The far side is somebody the user knows. */
  readonly isKnown: boolean;
}

/**
 * Where a record stands among all, the newest first. Its time alone would not do: records that share a
 * millisecond at the edge of a page would be left out.
 */
export const CallRecordPlace = v.strictObject({ startedAtMs: EpochMs, id: CallRecordId });
export type CallRecordPlace = v.InferOutput<typeof CallRecordPlace>;

/** Somebody an account has calls with. */
export const CallParty = v.strictObject({ accountId: AccountId, peer: AddressOfRecord });
export type CallParty = v.InferOutput<typeof CallParty>;

/** Something for each party; calls and records of one find the same. */
export function byParty<Value>(): KeyedMap<CallParty, Value> {
  return new KeyedMap(({ accountId, peer }) => [accountId, peer]);
}

export function isSameParty(one: CallParty, other: CallParty): boolean {
  return one.accountId === other.accountId && one.peer === other.peer;
}

export const DtmfTones = v.pipe(v.string(), v.regex(/^[0-9A-D#*]{1,32}$/));
