/**
 * While we hold, an offer of the far side (an ICE restart, its own hold) must be answered so that it stays held
 * (RFC 3264 §8.4). JsSIP writes our hold into offers only; its answers would resume the call.
 */
import RTCSession from 'jssip/lib/RTCSession.js';
import { once } from './amendment.ts';

export function amendHoldAnswers(): void {
  once('hold-answers', () => {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its session below
    const process = RTCSession.prototype._processInDialogSdpOffer;
    RTCSession.prototype._processInDialogSdpOffer = function (this: RTCSession, request) {
      return process.call(this, request).then((answer) => (answer !== undefined && this._localHold ? heldAnswer(answer) : answer));
    };
  });
}

/** The answer with everything we would have taken left out. */
export function heldAnswer(sdp: string): string {
  return sdp.replace(/^a=(sendrecv|recvonly)(?=\r?$)/gm, (_, direction: string) =>
    direction === 'sendrecv' ? 'a=sendonly' : 'a=inactive',
  );
}
