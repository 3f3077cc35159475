/**
 * REFER within a call and INVITE with Replaces: JsSIP accepts the first with 202 and says nothing more, and leaves
 * the second without any answer, unless the application takes part. Ahoy does not offer transfer, so both are
 * declined (RFC 3515 §2.4.2, RFC 3891 §3).
 */
import Constants from 'jssip/lib/Constants.js';
import RTCSession from 'jssip/lib/RTCSession.js';
import { ACCEPTED_TYPES, ALLOWED_METHODS } from '../wire/response.ts';
import { once } from './amendment.ts';

export function amendTransfers(): void {
  once('transfers', () => {
    Constants.ALLOWED_METHODS = ALLOWED_METHODS;
    Constants.ACCEPTED_BODY_TYPES = ACCEPTED_TYPES;
    Constants.REASON_PHRASE[500] = 'Server Internal Error';
    RTCSession.prototype._receiveRefer = (request) => {
      request.reply(603);
    };
    RTCSession.prototype._receiveReplaces = (request) => {
      request.reply(603);
    };
  });
}
