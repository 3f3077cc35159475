/**
 * The gate between the network and JsSIP: what is not SIP, what must be refused before a transaction is made,
 * and what JsSIP would drop or answer wrongly. Everything else passes.
 */
import { ACCEPTED_TYPES, ALLOWED_METHODS, isKnownMethod, isSupported, isTakenUnsolicited, isAllowedMethod } from '../capabilities.ts';
import {
  cseqOf,
  headerOf,
  headersOf,
  methodOf,
  parseNameAddr,
  splitList,
  statusOf,
  tagOf,
  type SipHeader,
  type SipMessage,
} from './headers.ts';

export type Reception =
  | { readonly kind: 'pass' }
  /** `isUnreadable`: a response that whoever waits for it cannot be given. */
  | { readonly kind: 'drop'; readonly reason: string; readonly isUnreadable: boolean }
  | { readonly kind: 'answer'; readonly status: number; readonly headers: readonly SipHeader[]; readonly reason: string };

const PASS: Reception = { kind: 'pass' };
/** Of which there is one (RFC 3261 §7.3.1). */
const SINGLE = ['from', 'to', 'call-id', 'cseq', 'max-forwards', 'content-length'] as const;
/** Characters of one value; a path of proxies or a signed identity stays far below. */
const LONGEST_HEADER = 8_192;
const MANDATORY = ['via', 'from', 'to', 'call-id', 'cseq'] as const;

function answer(status: number, reason: string, headers: readonly SipHeader[] = []): Reception {
  return { kind: 'answer', status, headers, reason };
}

function drop(reason: string, isUnreadable = false): Reception {
  return { kind: 'drop', reason, isUnreadable };
}

/** What is to be done with a received message. */
export function receive(message: SipMessage): Reception {
  const method = methodOf(message);
  if (method === null) return looksLikeRequest(message) ? answer(400, 'a Request-URI with spaces in it') : receiveResponse(message);
  if (!/ SIP\/2\.0\s*$/i.test(message.startLine)) return answer(505, 'another version of SIP');
  const missing = MANDATORY.find((name) => headerOf(message, name) === null);
  // RFC 3261 §8.2: what is malformed is answered 400 where it can be answered at all.
  if (missing !== undefined) return missing === 'via' ? drop('no Via') : answer(400, `no ${missing}`);
  const flaw = message.flaw ?? flawOf(message);
  if (flaw !== null) return answer(400, flaw);
  const cseq = cseqOf(message);
  if (cseq === null || cseq.method !== method) return answer(400, 'a CSeq that does not fit the request');
  if (tagOf(headerOf(message, 'from')) === null && method !== 'OPTIONS') return answer(400, 'no tag in From');
  // RFC 4475 §3.1.2.6: the name of whom it is for does not end. (Of a sender it is mended.)
  if (parseNameAddr(headerOf(message, 'to') ?? '') === null) return answer(400, 'a To that cannot be read');
  if (Number(headerOf(message, 'content-length') ?? 0) > Buffer.byteLength(message.body))
    return answer(400, 'a body shorter than its Content-Length');
  // RFC 3261 §8.2.1: a method nobody here knows.
  if (!isKnownMethod(method)) return answer(501, `method ${method.slice(0, 40)}`, [{ name: 'Allow', value: ALLOWED_METHODS }]);
  // RFC 3261 §8.2.2.1: a Request-URI of a scheme we do not speak.
  if (!/^\S+ (?:sips?|tel):/i.test(message.startLine)) return answer(416, 'the scheme of the Request-URI');
  if (method === 'ACK' || method === 'CANCEL') return PASS;
  const unsupported = headersOf(message, 'require')
    .flatMap(splitList)
    .filter((tag) => !isSupported(tag));
  // RFC 3261 §8.2.2.3: refused as a whole, and the tags named.
  if (unsupported.length > 0) {
    const tags = unsupported.join(', ');
    return answer(420, `Require: ${tags.slice(0, 200)}`, [{ name: 'Unsupported', value: tags }]);
  }
  return receiveOutsideDialog(message, method);
}

/** `MESSAGE sip:a b@example.org SIP/2.0`: a request all the same (RFC 4475 §3.1.2.8), and one that can be answered. */
function looksLikeRequest({ startLine }: SipMessage): boolean {
  return /^[A-Za-z0-9\-.!%*_+`'~]+ /.test(startLine) && / SIP\/\d\.\d$/i.test(startLine.trimEnd());
}

/** What is wrong with the headers of a message whose lines could be read; null where nothing is. */
function flawOf(message: SipMessage): string | null {
  for (const { name, value } of message.headers) if (value.length > LONGEST_HEADER) return `${name.slice(0, 40)} beyond the limit`;
  const repeated = SINGLE.find((name) => new Set(headersOf(message, name)).size > 1);
  // RFC 4475 §3.3.8, §3.3.9: whichever were taken, somebody else would take the other.
  if (repeated !== undefined) return `more than one ${repeated}`;
  const length = headerOf(message, 'content-length');
  return length === null || /^\d{1,9}$/.test(length) ? null : 'a Content-Length that is no number';
}

function receiveOutsideDialog(message: SipMessage, method: string): Reception {
  if (tagOf(headerOf(message, 'to')) !== null) return PASS;
  if (method === 'OPTIONS' && !/^OPTIONS sips?:[^@\s]*@/i.test(message.startLine)) {
    // A server's keepalive names the host alone; JsSIP wants our user part there.
    return answer(200, 'keepalive', [
      { name: 'Allow', value: ALLOWED_METHODS },
      { name: 'Accept', value: ACCEPTED_TYPES },
    ]);
  }
  if (method === 'NOTIFY') {
    const event = (headerOf(message, 'event') ?? '').split(';')[0]?.trim() ?? '';
    // RFC 6665 §4.1.3: a NOTIFY that matches no subscription; JsSIP would say 200 and the notifier go on for ever.
    return isTakenUnsolicited(event) ? answer(200, `unsolicited ${event}`) : answer(481, 'no subscription');
  }
  if (method === 'INVITE' && headerOf(message, 'contact') === null) return answer(400, 'no Contact');
  if (!isAllowedMethod(method)) return answer(405, `${method} outside a dialog`, [{ name: 'Allow', value: ALLOWED_METHODS }]);
  return PASS;
}

function receiveResponse(message: SipMessage): Reception {
  if (statusOf(message) === null) return drop('neither request nor response');
  const flaw = message.flaw ?? flawOf(message);
  if (flaw !== null) return drop(flaw, true);
  const missing = MANDATORY.find((name) => headerOf(message, name) === null);
  if (missing !== undefined) return drop(`a response without ${missing}`, true);
  if (cseqOf(message) === null) return drop('a response with a bad CSeq', true);
  // RFC 3261 §8.1.3.3: a second Via means it was meant for another.
  if (headersOf(message, 'via').flatMap(splitList).length > 1) return drop('a response with more than one Via');
  return PASS;
}
