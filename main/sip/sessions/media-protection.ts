/** How a leg's media is protected, as far as this end can know: to the phone or to the server that stands before it. */
import type { MediaProtection } from '../../../common/model/call.ts';
import { soundOf } from './session-description.ts';

/** By the description of the far side; null where it has no sound. `isSignallingSecure`: nobody on the way to our server reads it. */
export function protectionOf(sdp: string, isSignallingSecure: boolean): MediaProtection | null {
  const sound = soundOf(sdp);
  if (sound === null) return null;
  if (sound.isDtls) return 'dtls';
  // RFC 4568 §8: the keys are as safe as the description that they stand in.
  if (sound.protocol.includes('SAVP')) return isSignallingSecure ? 'sdes' : 'sdes-in-clear';
  return 'none';
}
