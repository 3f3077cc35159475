/**
 * SIP, as the core asks for it. One user agent per account. The stack reports facts and carries out single
 * attempts; when to try again, what to keep and what to show is decided above.
 *
 * No call and no callback of this port may throw because of what came from the network.
 */
import type { AccountSettings } from '../../common/model/account.ts';
import type { AddressOfRecord } from '../../common/model/address-of-record.ts';
import type { MediaProtection } from '../../common/model/call.ts';
import type { Failure } from '../../common/model/failure.ts';
import type { AccountId, LegId } from '../../common/model/ids.ts';

export interface SipStack {
  /** Makes the account's user agent. It does nothing on the network before `attempt`. Throws where the settings cannot be used. */
  open(account: SipAccount, events: UserAgentEvents): UserAgent;
}

export interface SipAccount {
  readonly id: AccountId;
  readonly settings: AccountSettings;
  readonly password: string;
  /** The `+sip.instance` URN's UUID, the same for as long as the account exists (RFC 5626 §4.1). */
  readonly instanceId: string;
  /** Passwords of TURN servers by URL. */
  readonly iceCredentials: Readonly<Record<string, string>>;
}

export interface UserAgentEvents {
  /** A binding stands. `expiresInSeconds` is what the registrar granted. Called on every refresh too. */
  registered(expiresInSeconds: number): void;
  /** A refresh of the binding is under way. */
  refreshing(): void;
  /** The attempt ended without a binding, or a refresh was refused; after how long the registrar wants to be asked again. */
  registrationFailed(failure: Failure, retryAfterSeconds?: number | null): void;
  /** The connection was lost, or keepalive found the far end dead. No attempt follows by itself. */
  transportLost(failure: Failure): void;
  /** A MESSAGE arrived. The verdict MUST be given synchronously: it decides the response. */
  messageReceived(message: IncomingMessage): MessageVerdict;
  /** An INVITE outside a dialog arrived, and 180 was not yet sent. The verdict MUST be given synchronously. */
  sessionReceived(session: IncomingSession): SessionVerdict;
}

export interface UserAgent {
  /** Connects where not connected, and registers. Ends in exactly one of the events, or in none after `close`. */
  attempt(): void;
  /** Replaces the connection by a new one and registers: the network changed or the machine woke up. */
  reconnect(): void;
  /** Removes our binding, best effort, bounded by two seconds; the connection stays closed afterwards. */
  unregister(): Promise<void>;
  /** As `unregister`, and the user agent is of no use afterwards. Running sessions are ended with BYE. */
  close(): Promise<void>;
  sendMessage(message: OutgoingMessage): Promise<MessageOutcome>;
  /** One PUBLISH (RFC 3903 §4): initial without entity-tag, refresh without body, modify with both, remove with zero seconds. */
  publish(publication: PublicationRequest): Promise<PublicationOutcome>;
  /** Subscribes (RFC 6665 §4.1). Refreshes by itself; ends with exactly one `terminated`. */
  subscribe(request: SubscriptionRequest, events: SubscriptionEvents): Subscription;
  /** Sends an INVITE when the media peer is open. `events.ended` comes exactly once, last. */
  placeCall(request: SessionRequest, events: SessionEvents): Session;
}

export interface IncomingMessage {
  /** The sender's address-of-record: what our server asserts where that is believed, else From. */
  readonly from: AddressOfRecord;
  /** As it may be drawn. */
  readonly displayName: string;
  /** What the server asserts, where that is somebody else and not believed; null otherwise. */
  readonly asserted: AddressOfRecord | null;
  /** Call-ID and CSeq number: the same for a retransmission that reached us twice. */
  readonly callId: string;
  readonly cseq: number;
  /** Lower-case type and subtype without parameters. */
  readonly contentType: string;
  readonly body: string;
}

/** stored, duplicate, empty (legal, and nothing to keep): 200. unsupported: 415 with Accept. storage-failed: 500. too-many: 480, for now. */
export type MessageVerdict = 'stored' | 'duplicate' | 'empty' | 'unsupported' | 'storage-failed' | 'too-many';

export interface OutgoingMessage {
  readonly to: AddressOfRecord;
  readonly contentType: string;
  readonly body: string;
  /**
   * Call-ID to use. The same on each try of the same message, so that a far side that has it already
   * knows it again.
   */
  readonly callId: string;
}

export type MessageOutcome =
  | { readonly kind: 'sent' }
  /** 202: a server keeps it until the far side is back. */
  | { readonly kind: 'stored' }
  /** A final refusal: trying again without a change is of no use. */
  | { readonly kind: 'refused'; readonly failure: Failure }
  /** No final response came (connection lost, or not sent at all): it may be tried again. */
  | { readonly kind: 'interrupted'; readonly failure: Failure };

export interface PublicationRequest {
  readonly event: string;
  readonly expiresSeconds: number;
  /** SIP-If-Match, or null for an initial publication. */
  readonly entityTag: string | null;
  readonly contentType: string | null;
  readonly body: string | null;
}

export type PublicationOutcome =
  | { readonly kind: 'published'; readonly entityTag: string; readonly expiresSeconds: number }
  /** 412: the server does not know the entity-tag; publish again (RFC 3903 §4.2). */
  | { readonly kind: 'unknown-entity-tag' }
  /** 423: ask for at least this long. */
  | { readonly kind: 'interval-too-brief'; readonly minExpiresSeconds: number }
  | { readonly kind: 'failed'; readonly failure: Failure };

export interface SubscriptionRequest {
  readonly target: AddressOfRecord;
  readonly event: string;
  readonly accept: readonly string[];
  readonly expiresSeconds: number;
}

/** When to subscribe again (RFC 6665 §4.1.3): after so many seconds, as we choose (null), or not at all. */
export type RetryAfter = number | 'never' | null;

export interface SubscriptionEvents {
  /** Accepted by a 2xx; `state` comes with NOTIFYs. */
  accepted(expiresInSeconds: number): void;
  /** A NOTIFY with a body: lower-case content type without parameters. */
  notified(contentType: string, body: string): void;
  /** The notifier says `pending`: the presentity has not been asked yet. */
  pending(): void;
  /** It is over. */
  terminated(failure: Failure | null, retryAfter: RetryAfter): void;
}

export interface Subscription {
  /** Un-SUBSCRIBE. `terminated` follows, at once where the connection is gone. */
  end(): void;
}

export interface IncomingSession {
  readonly from: AddressOfRecord;
  readonly displayName: string;
  /** Whom the server says it is instead, where that is not believed; null otherwise. */
  readonly asserted: AddressOfRecord | null;
  readonly offersVideo: boolean;
  /** Whether what it offers can be answered; one that rang would die when it is accepted. */
  readonly isAnswerable: boolean;
  /** Takes the session: 180 is sent. To be called within the callback with the leg's id and listeners. */
  ring(legId: LegId, events: SessionEvents): Session;
}

/** ringing: `ring` was called. busy: 486. unavailable: 480. not-acceptable: 488. refused: 603. */
export type SessionVerdict = 'ringing' | 'busy' | 'unavailable' | 'not-acceptable' | 'refused';

export interface SessionRequest {
  readonly legId: LegId;
  readonly to: AddressOfRecord;
  readonly video: boolean;
}

/** declined: 603, and the session goes on as it is. */
export type TransferVerdict = 'declined';

export interface SessionEvents {
  /** INVITE left. */
  calling(): void;
  /** 180, or 183 with `earlyMedia`. */
  ringing(earlyMedia: boolean): void;
  /** 2xx sent or received. `video`: what was agreed. */
  answered(video: boolean): void;
  /** The far side, or our own renegotiation, changed who holds. */
  holdChanged(heldByUs: boolean, heldByThem: boolean): void;
  /** Our re-offer failed; the session goes on as before (RFC 3261 §14.1). */
  renegotiationFailed(failure: Failure): void;
  /** `setCamera` is done: whether our picture is sent now, and why not where it was wanted. */
  cameraChanged(on: boolean, failure: Failure | null): void;
  /** Offer and answer agree on pictures in some direction, or do not any more. */
  videoChanged(video: boolean): void;
  /** How the media is protected, once it is agreed on and whenever that changes. */
  protectionChanged(protection: MediaProtection): void;
  dtmfReceived(tone: string): void;
  /**
   * The far side asks us to call somebody else in its place (REFER in the dialog, RFC 3515); null where it names
   * nobody who could be called. The verdict MUST be given synchronously: it decides the response.
   */
  transferRequested(to: AddressOfRecord | null): TransferVerdict;
  /**
   * Somebody asks to take the place of this session's far side (INVITE with Replaces, RFC 3891). The verdict MUST be
   * given synchronously.
   */
  replacementRequested(by: AddressOfRecord | null): TransferVerdict;
  /** Over; `failure` null for BYE and for our own CANCEL. `byUs`: who ended it. */
  ended(failure: Failure | null, byUs: boolean): void;
}

export interface Session {
  /** Accepts a ringing incoming session once its media peer is open. `answered` or `ended` follows. */
  accept(video: boolean): void;
  /** Refuses a ringing incoming session with this status. */
  reject(status: 486 | 603 | 480): void;
  /** CANCEL or BYE, as the state wants. `ended` follows. */
  end(): void;
  hold(): void;
  resume(): void;
  /** Turns our camera on or off by a new offer, in a call that is answered. `cameraChanged` follows. */
  setCamera(on: boolean): void;
  setMuted(muted: boolean): void;
  setCameraOff(cameraOff: boolean): void;
  sendDtmf(tones: string): void;
}
