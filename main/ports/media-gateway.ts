/**
 * The media gateway, as main/sip asks for it: it carries a leg's media between the page that owns it and a far side that
 * speaks plain RTP, or SRTP with its keys in the description (SDES). Implemented by main/gateway.
 */

/** What the media sections of an offer of ours are, towards a far side that is no browser. */
export type RtpProfile = 'RTP/AVP' | 'RTP/SAVP';

export interface GatewayAddress {
  /** Where the gateway's sockets are bound. */
  readonly local: string;
  /** What the far side is told to send to: `local`, or what the server sees us by. */
  readonly announced: string;
}

export interface GatewayEvents {
  /** A tone in the far side's sound (RFC 4733). */
  toneReceived(tone: string): void;
  /** The leg carries nothing any more. Called at most once. */
  failed(detail: string): void;
}

export interface GatewayLeg {
  /** A description of the page's as the far side takes it. `offered`: of an offer; null in an answer. Rejects where it cannot be made. */
  outward(sdp: string, offered: RtpProfile | null): Promise<string>;
  /** A description of the far side's as the page takes it. Rejects where it cannot be used. */
  inward(sdp: string, type: 'offer' | 'answer'): Promise<string>;
  close(): void;
}

export interface MediaGateway {
  /** Whether the sound of an offer can be carried: a codec that pages have, and keys of a kind that is known where there are keys. */
  canCarry(offer: string): boolean;
  /** Never throws; a gateway that cannot be started rejects what is asked of the leg. */
  open(address: GatewayAddress, events: GatewayEvents): GatewayLeg;
}
