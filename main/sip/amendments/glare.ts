/**
 * Two re-offers that cross (RFC 3261 §14). JsSIP answers 491 and goes on with the offer all the same, repeats its
 * own refused offer as it was after a fixed second, and refuses a re-INVITE that overtakes an ACK with a 403 that
 * the other JsSIP takes for the end. Here: 491 and no more; when to try again is the renegotiation's business.
 */
import Dialog from 'jssip/lib/Dialog.js';
import DialogRequestSender from 'jssip/lib/Dialog/RequestSender.js';
import RTCSession from 'jssip/lib/RTCSession.js';
import { once } from './amendment.ts';

/* eslint-disable @typescript-eslint/unbound-method -- each is called with its own object */
export function amendGlare(): void {
  once('glare', () => {
    const check = Dialog.prototype._checkInDialogRequest;
    Dialog.prototype._checkInDialogRequest = function (this: Dialog, request) {
      const isOffer = request.method === 'INVITE' || (request.method === 'UPDATE' && Boolean(request.body));
      // RFC 3261 §14.2: our own offer is under way, or just being made.
      if (isOffer && (this._uac_pending_reply || this._owner._rtcReady === false)) {
        request.reply(491);
        return false;
      }
      return check.call(this, request);
    };

    const receiveResponse = DialogRequestSender.prototype._receiveResponse;
    DialogRequestSender.prototype._receiveResponse = function (this: DialogRequestSender, response) {
      if (response.status_code === 491) this._eventHandlers.onErrorResponse(response);
      else receiveResponse.call(this, response);
    };

    const receiveRequest = RTCSession.prototype.receiveRequest;
    RTCSession.prototype.receiveRequest = function (this: RTCSession, request) {
      // RFC 5407 §3.1.5: a re-INVITE in the moratorium between our 2xx and its ACK.
      if (request.method === 'INVITE' && this._status === RTCSession.C.STATUS_WAITING_FOR_ACK) request.reply(491);
      else receiveRequest.call(this, request);
    };
  });
}
/* eslint-enable @typescript-eslint/unbound-method */
