/** Responses made without JsSIP: to requests it would drop, and to those it must not see. */
import { randomBytes } from 'node:crypto';
import { formatSip, headerOf, headersOf, tagOf, type SipHeader, type SipMessage } from './headers.ts';

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  415: 'Unsupported Media Type',
  416: 'Unsupported URI Scheme',
  420: 'Bad Extension',
  481: 'Call/Transaction Does Not Exist',
  500: 'Server Internal Error',
  501: 'Not Implemented',
  505: 'Version Not Supported',
};

/**
 * The response to `request` (RFC 3261 §8.2.6.2), or null where the request has not even a Via to answer by, or is
 * an ACK, which is never answered.
 */
export function responseTo(request: SipMessage, status: number, extra: readonly SipHeader[] = []): string | null {
  const vias = headersOf(request, 'via');
  if (vias.length === 0 || /^ACK /i.test(request.startLine)) return null;
  const headers: SipHeader[] = vias.map((value) => ({ name: 'Via', value }));
  for (const name of ['From', 'To', 'Call-ID', 'CSeq']) {
    const value = headerOf(request, name.toLowerCase());
    if (value === null) continue;
    headers.push({ name, value: name === 'To' && tagOf(value) === null ? `${value};tag=${randomBytes(8).toString('hex')}` : value });
  }
  return formatSip({
    startLine: `SIP/2.0 ${status} ${REASONS[status] ?? 'Refused'}`,
    headers: [...headers, ...extra],
    body: '',
    flaw: null,
  });
}
