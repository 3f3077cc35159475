/** A MESSAGE that arrives (RFC 3428 §7): read, judged by the core, and answered by its verdict. */
import type { IncomingRequest } from 'jssip/lib/SIPMessage.js';
import type { JsMessage } from 'jssip/lib/UA.js';
import { assertNever } from '../../../common/model/assert-never.ts';
import type { Logger } from '../../ports/logger.ts';
import type { IncomingMessage, MessageVerdict } from '../../ports/sip-stack.ts';
import type { Sender } from '../requests/sender.ts';

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
