/**
 * The way a leg's media goes: as a browser does it (DTLS-SRTP with ICE), or through the gateway to a far side that is no
 * browser. Incoming calls go the way they are offered. Outgoing ones are offered as to a browser first, and again as to a
 * phone where the far side takes no browser's offer (488, 415, 606): a round trip more, once, because what a peer took is
 * remembered.
 */
import type { AddressOfRecord } from '../../../common/model/address-of-record.ts';
import type { AccountSettings, TransportKind } from '../../../common/model/account.ts';
import { assertNever } from '../../../common/model/assert-never.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MediaGateway, RtpProfile } from '../../ports/media-gateway.ts';

export type MediaWay = 'browser' | RtpProfile;

export function isEncrypted(transport: TransportKind): boolean {
  return transport === 'tls' || transport === 'wss';
}

/**
 * What an account may offer, in the order in which it is tried. Keys in a description are worth something where nobody
 * can read it on the way; elsewhere they are offered last, for phones that insist on them.
 */
export function waysOf({ transport, mediaEncryption }: Pick<AccountSettings, 'transport' | 'mediaEncryption'>): readonly MediaWay[] {
  switch (mediaEncryption) {
    case 'webrtc-only':
      return ['browser'];
    case 'required':
      return ['browser', 'RTP/SAVP'];
    case 'automatic':
      return isEncrypted(transport) ? ['browser', 'RTP/SAVP', 'RTP/AVP'] : ['browser', 'RTP/AVP', 'RTP/SAVP'];
    default:
      return assertNever(mediaEncryption);
  }
}

/** Statuses that mean the offer and not the call (RFC 3261 §21.4.13, §21.4.26, §21.6.4). */
const REFUSED_OFFER: ReadonlySet<number> = new Set([415, 488, 606]);

export function isRefusedOffer(status: number | null): boolean {
  return status !== null && REFUSED_OFFER.has(status);
}

/** The way an offer of the far side's goes; null for one whose sound cannot be carried. */
export function wayOfOffer(sdp: string): MediaWay | null {
  for (const section of sdp.split(/^(?=m=)/m)) {
    const [, port, protocol] = /^m=audio[ \t]+(\d+)(?:\/\d+)?[ \t]+(\S+)/.exec(section) ?? [];
    if (port === undefined || Number(port) === 0) continue;
    const isDtls = /^(?:UDP|TCP)\/TLS\/RTP\/SAVPF?$/.test(protocol ?? '') || /^a=fingerprint:/m.test(sdp);
    // A page meets nobody without ICE.
    if (isDtls) return /^a=ice-ufrag:/m.test(sdp) ? 'browser' : null;
    if (/^RTP\/AVPF?$/.test(protocol ?? '')) return 'RTP/AVP';
    if (/^RTP\/SAVPF?$/.test(protocol ?? '')) return 'RTP/SAVP';
    return null;
  }
  return null;
}

/** Whether a call with this offer can be accepted by one of these ways. One without an offer is: the answer to it will be ours to offer. */
export function isAnswerable(sdp: string, ways: readonly MediaWay[], gateway: MediaGateway | null): boolean {
  if (sdp === '') return true;
  const way = wayOfOffer(sdp);
  if (way === null || !ways.includes(way)) return false;
  return way === 'browser' || gateway?.canCarry(sdp) === true;
}

/** Beyond this a peer may have another phone. */
const KNOWN_FOR_MS = 24 * 3_600_000;
const MOST_KNOWN = 500;

/** Which way each peer took last, the one tried first next time. */
export class KnownWays {
  private readonly clock: Clock;
  private readonly known = new Map<AddressOfRecord, { readonly way: MediaWay; readonly atMs: number }>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  took(peer: AddressOfRecord, way: MediaWay): void {
    this.known.delete(peer);
    this.known.set(peer, { way, atMs: this.clock.now() });
    const [oldest] = this.known.keys();
    if (this.known.size > MOST_KNOWN && oldest !== undefined) this.known.delete(oldest);
  }

  inOrder(peer: AddressOfRecord, ways: readonly MediaWay[]): readonly MediaWay[] {
    const last = this.known.get(peer);
    if (!last || this.clock.now() - last.atMs > KNOWN_FOR_MS || !ways.includes(last.way)) return ways;
    return [last.way, ...ways.filter((way) => way !== last.way)];
  }
}
