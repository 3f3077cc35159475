/**
 * REFER within a call and INVITE with Replaces: JsSIP accepts the first with 202 before anybody was asked, and leaves
 * the second without any answer, unless the application takes part. Here the session is asked by `refer` and
 * `replaces`, with the request that it has to answer; where nobody listens both are declined (RFC 3515 §2.4.2,
 * RFC 3891 §3).
 */
import Constants from 'jssip/lib/Constants.js';
import RTCSession from 'jssip/lib/RTCSession.js';
import { ACCEPTED_TYPES, ALLOWED_METHODS, TRANSFER_DECLINED } from '../capabilities.ts';
import { once } from './amendment.ts';

export function amendTransfers(): void {
  once('transfers', () => {
    Constants.ALLOWED_METHODS = ALLOWED_METHODS;
    Constants.ACCEPTED_BODY_TYPES = ACCEPTED_TYPES;
    Constants.REASON_PHRASE[500] = 'Server Internal Error';
    RTCSession.prototype._receiveRefer = function (this: RTCSession, request) {
      if (!this.emit('refer', { request })) request.reply(TRANSFER_DECLINED);
    };
    RTCSession.prototype._receiveReplaces = function (this: RTCSession, request) {
      if (!this.emit('replaces', { request })) request.reply(TRANSFER_DECLINED);
    };
  });
}
