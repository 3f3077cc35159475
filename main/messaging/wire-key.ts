/**
 * What makes two MESSAGEs the same one. RFC 3428 leaves that to Call-ID and CSeq (RFC 3261 §8.1.3.5), which grows when
 * a challenge is answered. Ahoy gives each text a Call-ID of its own, marked as such, and keeps it for every try:
 * another Ahoy recognises the text even when the first answer was lost.
 */
import type { MessageId } from '../../common/model/ids.ts';

const ONE_MESSAGE_PREFIX = 'ahoy-message-';

/** The Call-ID of all tries of this message. */
export function callIdOf(messageId: MessageId): string {
  return `${ONE_MESSAGE_PREFIX}${messageId}`;
}

/** The key under which an incoming MESSAGE is stored at most once in its conversation. */
export function incomingWireKey(callId: string, cseq: number): string {
  return callId.startsWith(ONE_MESSAGE_PREFIX) ? `in ${callId}` : `in ${callId} ${cseq}`;
}
