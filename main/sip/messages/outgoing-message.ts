/** A MESSAGE that we send (RFC 3428 §4). */
import type UA from 'jssip/lib/UA.js';
import { assertNever } from '../../../common/model/assert-never.ts';
import type { MessageOutcome, OutgoingMessage } from '../../ports/sip-stack.ts';
import { failureOfResponse, OFFLINE } from '../failure-mapping.ts';
import { failureOfOutcome, sendRequest, targetUri } from '../requests/request.ts';

/** Sends one message and waits for its end. */
export async function sendMessage(userAgent: UA, ownDomain: string, message: OutgoingMessage): Promise<MessageOutcome> {
  if (!userAgent.transport.isConnected()) return { kind: 'interrupted', failure: OFFLINE };
  const isText = message.contentType.startsWith('text/') && !/;\s*charset=/i.test(message.contentType);
  const outcome = await sendRequest(userAgent, 'MESSAGE', targetUri(message.to, ownDomain), {
    headers: [`Content-Type: ${message.contentType}${isText ? ';charset=utf-8' : ''}`],
    // A lone surrogate has no UTF-8 form.
    body: message.body.toWellFormed(),
    // The same Call-ID and CSeq on each try, so that the far side knows the message again.
    parameters: { call_id: message.callId, cseq: 1 },
  });
  switch (outcome.kind) {
    case 'no-answer':
    case 'not-sent':
      return { kind: 'interrupted', failure: failureOfOutcome(outcome) };
    case 'defect':
      // Tried again it would fail again.
      return { kind: 'refused', failure: failureOfOutcome(outcome) };
    case 'response': {
      const { response } = outcome;
      // RFC 3428 §7: 202 means a store took it.
      if (response.status_code === 202) return { kind: 'stored' };
      if (response.status_code < 300) return { kind: 'sent' };
      return { kind: 'refused', failure: failureOfResponse(response) };
    }
    default:
      return assertNever(outcome);
  }
}
