/**
 * The way a leg's media goes: as a browser does it (DTLS-SRTP with ICE), or through the gateway to a far side that is no
 * browser. Incoming calls go the way they are offered. Outgoing ones are offered as to a browser first, and again as to a
 * phone where the far side takes no browser's offer (488, 415, 606): a round trip more, once, because what a peer took is
 * remembered.
 */
import { isEncrypted, type AccountSettings } from '../../../common/model/account.ts';
import { assertNever } from '../../../common/model/assert-never.ts';
import type { MediaGateway, RtpProfile } from '../../ports/media-gateway.ts';
import { soundOf } from './session-description.ts';

export type MediaWay = 'browser' | RtpProfile;

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
  const sound = soundOf(sdp);
  if (sound === null) return null;
  // A page meets nobody without ICE.
  if (sound.isDtls) return sound.hasIce ? 'browser' : null;
  if (/^RTP\/AVPF?$/.test(sound.protocol)) return 'RTP/AVP';
  return /^RTP\/SAVPF?$/.test(sound.protocol) ? 'RTP/SAVP' : null;
}

/** Whether a call with this offer can be accepted by one of these ways. One without an offer is: the answer to it will be ours to offer. */
export function isAnswerable(sdp: string, ways: readonly MediaWay[], gateway: MediaGateway | null): boolean {
  if (sdp === '') return true;
  const way = wayOfOffer(sdp);
  if (way === null || !ways.includes(way)) return false;
  return way === 'browser' || gateway?.canCarry(sdp) === true;
}
