/**
 * A 2xx from another branch of a forked INVITE, and one that crosses our CANCEL, make dialogs we do not want: each
 * is to be acknowledged and ended by itself (RFC 3261 §13.2.2.4, §9.1). JsSIP sends ACK and BYE into the call
 * that was answered first and so ends the wrong one, and leaves a 2xx after CANCEL unanswered.
 */
import Dialog from 'jssip/lib/Dialog.js';
import RTCSession from 'jssip/lib/RTCSession.js';
import type { IncomingResponse } from 'jssip/lib/SIPMessage.js';
import { once } from './amendment.ts';

const unwanted = new WeakMap<RTCSession, Map<string, Dialog>>();
const earlyAnswers = new WeakMap<RTCSession, Map<string, string>>();

export function amendForkedAnswers(): void {
  once('forked-answers', () => {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its session below
    const receive = RTCSession.prototype._receiveInviteResponse;
    RTCSession.prototype._receiveInviteResponse = function (this: RTCSession, response) {
      const { status_code: status } = response;
      if (status < 200 || status > 299) {
        rememberEarlyAnswer(this, response);
        receive.call(this, response);
        return;
      }
      if (this._dialog ? this._dialog.id.remote_tag !== response.to_tag : this.isEnded() || this._is_canceled) {
        endUnwanted(this, response);
        return;
      }
      // RFC 3261 §13.2.1: the answer may have come in a reliable or repeated 1xx of the same dialog, and the 2xx be bare.
      if (!response.body) {
        const early = earlyAnswers.get(this)?.get(response.to_tag ?? '');
        if (early !== undefined) response.body = early;
      }
      receive.call(this, response);
    };
  });
}

function rememberEarlyAnswer(session: RTCSession, response: IncomingResponse): void {
  if (response.status_code >= 200 || !response.body || response.to_tag === undefined) return;
  const answers = earlyAnswers.get(session) ?? new Map<string, string>();
  earlyAnswers.set(session, answers);
  if (answers.size < 32) answers.set(response.to_tag, response.body);
}

function endUnwanted(session: RTCSession, response: IncomingResponse): void {
  const dialogs = unwanted.get(session) ?? new Map<string, Dialog>();
  unwanted.set(session, dialogs);
  const tag = response.to_tag ?? '';
  const known = dialogs.get(tag);
  if (known) {
    // The 2xx again: only our ACK was lost.
    known.sendRequest('ACK');
    return;
  }
  const dialog = new Dialog(session, response, 'UAC');
  if (dialog.error !== undefined) return;
  dialogs.set(tag, dialog);
  dialog.sendRequest('ACK');
  dialog.sendRequest('BYE');
  dialog.terminate();
}
