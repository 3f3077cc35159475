/** MESSAGE in both directions (RFC 3428). */
import type UA from 'jssip/lib/UA.js';
import type { JsMessage } from 'jssip/lib/UA.js';
import type { IncomingRequest } from 'jssip/lib/SIPMessage.js';
import { assertNever } from '../../common/model/assert-never.ts';
import type { Logger } from '../ports/logger.ts';
import type { IncomingMessage, MessageOutcome, MessageVerdict, OutgoingMessage } from '../ports/sip-stack.ts';
import { failureOfResponse, OFFLINE } from './failure-mapping.ts';
import { failureOfOutcome, sendRequest, targetUri } from './request.ts';
import type { Sender } from './sender.ts';

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

/** Hands a received MESSAGE on and answers it by the verdict, before anything else happens. */
export function receiveMessage(
  message: JsMessage,
  request: IncomingRequest,
  sender: Sender | null,
  judge: (message: IncomingMessage) => MessageVerdict,
  logger: Logger,
): void {
  if (!sender) {
    message.reject({ status_code: 400, reason_phrase: 'Unusable From' });
    return;
  }
  const contentType = (request.getHeader('content-type') ?? 'text/plain').split(';')[0]?.trim().toLowerCase() ?? '';
  let verdict: MessageVerdict;
  try {
    verdict = judge({
      from: sender.from,
      displayName: sender.displayName,
      asserted: sender.asserted,
      callId: request.call_id,
      cseq: request.cseq,
      contentType,
      body: request.body ?? '',
    });
  } catch (error) {
    logger.error('a received message could not be judged', {
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
    verdict = 'storage-failed';
  }
  switch (verdict) {
    case 'stored':
    case 'duplicate':
    case 'empty':
      message.accept();
      return;
    case 'unsupported':
      // RFC 3261 §21.4.13: what would do stands in Accept, which JsSIP writes.
      message.reject({ status_code: 415 });
      return;
    case 'storage-failed':
      message.reject({ status_code: 500 });
      return;
    case 'too-many':
      // RFC 3261 §21.4.18: a server that keeps messages for us keeps this one; its sender learns when to try again.
      message.reject({ status_code: 480, extraHeaders: ['Retry-After: 60'] });
      return;
    default:
      assertNever(verdict);
  }
}
