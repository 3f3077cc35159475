/** How a leg's media is protected, as far as this end can know: to the phone or to the server that stands before it. */
import type { MediaProtection } from '../../../common/model/call.ts';

/** By the description of the far side: its first sound. Null where it has none. `isSignallingSecure`: nobody on the way to our server reads it. */
export function protectionOf(sdp: string, isSignallingSecure: boolean): MediaProtection | null {
  for (const section of sdp.split(/^(?=m=)/m)) {
    const [, port, protocol = ''] = /^m=audio[ \t]+(\d+)(?:\/\d+)?[ \t]+(\S+)/.exec(section) ?? [];
    if (port === undefined || Number(port) === 0) continue;
    if (protocol.includes('TLS') || /^a=fingerprint:/m.test(sdp)) return 'dtls';
    // RFC 4568 §8: the keys are as safe as the description that they stand in.
    if (protocol.includes('SAVP')) return isSignallingSecure ? 'sdes' : 'sdes-in-clear';
    return 'none';
  }
  return null;
}
