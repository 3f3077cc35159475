/**
 * A call lives by its media, not by the connection its signalling took (RFC 3261 §12 ties a dialog to no
 * connection). JsSIP ends a running call when a request of it cannot be sent, and throws when what is over is
 * ended again. Here a running call goes on, and its owner learns of it by `unsent`, and by `unanswered` of what
 * timed out.
 */
import RTCSession from 'jssip/lib/RTCSession.js';
import { once } from './amendment.ts';

const STANDING = new Set([RTCSession.C.STATUS_WAITING_FOR_ACK, RTCSession.C.STATUS_CONFIRMED]);

/* eslint-disable @typescript-eslint/unbound-method -- each is called with its own session */
export function amendLostConnection(): void {
  once('lost-connection', () => {
    const onTransportError = RTCSession.prototype.onTransportError;
    RTCSession.prototype.onTransportError = function (this: RTCSession) {
      this.emit('unsent');
      if (!STANDING.has(this._status) || !this._dialog) onTransportError.call(this);
    };
    // JsSIP calls an INVITE nobody answered `Canceled`, as if the user had done it.
    const onRequestTimeout = RTCSession.prototype.onRequestTimeout;
    RTCSession.prototype.onRequestTimeout = function (this: RTCSession) {
      this.emit('unanswered');
      onRequestTimeout.call(this);
    };
    const terminate = RTCSession.prototype.terminate;
    RTCSession.prototype.terminate = function (this: RTCSession, options) {
      if (this._status !== RTCSession.C.STATUS_TERMINATED) terminate.call(this, options);
    };
  });
}
/* eslint-enable @typescript-eslint/unbound-method */
