/** Maps what SIP, the system, TLS and JsSIP say to the closed list of failure codes. */
import type { Failure, FailureCode } from '../../common/model/failure.ts';
import type { MediaResult } from '../../common/model/media.ts';
import { isAnswerable, parseChallenges } from './wire/digest.ts';
import { UNREADABLE_ANSWER } from './wire/open-requests.ts';
import { CHALLENGE_HEADERS } from './wire/tolerance.ts';

const BY_STATUS: Readonly<Record<number, FailureCode>> = {
  403: 'forbidden',
  404: 'unknown-address',
  406: 'not-acceptable',
  408: 'request-timeout',
  410: 'unavailable',
  413: 'too-large',
  415: 'unsupported-media',
  480: 'unavailable',
  486: 'busy',
  487: 'cancelled',
  488: 'not-acceptable',
  513: 'too-large',
  600: 'busy',
  603: 'declined',
  604: 'unknown-address',
  606: 'not-acceptable',
};

/** The code of a final refusal. */
export function codeOfStatus(status: number): FailureCode {
  const exact = BY_STATUS[status];
  if (exact !== undefined) return exact;
  if (status >= 300 && status < 400) return 'redirected';
  if (status >= 500 && status < 600) return 'server-error';
  return status === 401 || status === 407 ? 'credentials-refused' : 'refused';
}

/** What this file needs of a response, JsSIP's or another. */
export interface Refusal {
  readonly status_code: number;
  readonly reason_phrase: string;
  getHeaders(name: string): string[];
}

/** Something threw where nothing may: it is said as what it is, and tried again like any other failure. */
export function failureOfDefect(error: unknown): Failure {
  return { code: 'internal', detail: error instanceof Error ? error.message : String(error) };
}

/** The failure a final refusal means. `isRegister`: 403 to a REGISTER is about the credentials (RFC 3261 §10.3). */
export function failureOfResponse(response: Refusal, isRegister = false): Failure {
  const { status_code: status } = response;
  if (response.reason_phrase === UNREADABLE_ANSWER) return { code: 'protocol-error', detail: 'the answer could not be read' };
  const more = { status, ...(response.reason_phrase ? { detail: response.reason_phrase.slice(0, 200) } : {}) };
  if (status === 401 || status === 407) {
    const challenges = parseChallenges([
      ...response.getHeaders(CHALLENGE_HEADERS[status]),
      ...response.getHeaders(status === 401 ? 'www-authenticate' : 'proxy-authenticate'),
    ]);
    return { code: challenges.some(isAnswerable) ? 'credentials-refused' : 'authentication-unsupported', ...more };
  }
  if (status === 403 && isRegister) return { code: 'credentials-refused', ...more };
  return { code: codeOfStatus(status), ...more };
}

const BY_SYSTEM_CODE: Readonly<Record<string, FailureCode>> = {
  ENOTFOUND: 'address-unresolvable',
  EAI_AGAIN: 'address-unresolvable',
  EAI_FAIL: 'address-unresolvable',
  EAI_NODATA: 'address-unresolvable',
  EAI_NONAME: 'address-unresolvable',
  ENODATA: 'address-unresolvable',
  ECONNREFUSED: 'connection-refused',
  ETIMEDOUT: 'connection-timeout',
  EHOSTUNREACH: 'connection-refused',
  ENETUNREACH: 'connection-refused',
  EADDRNOTAVAIL: 'connection-refused',
};

/** The failure an error of the system means. */
export function failureOfError(error: unknown): Failure {
  const first = error instanceof AggregateError ? (error.errors[0] as unknown) : error;
  const code = typeof first === 'object' && first !== null && 'code' in first ? String(first.code) : '';
  const detail = first instanceof Error && first.message !== '' ? first.message : code || String(first);
  return {
    code: BY_SYSTEM_CODE[code] ?? (/^(?:ERR_SSL|EPROTO|ERR_TLS)/.test(code) ? 'protocol-error' : 'connection-lost'),
    detail: detail.slice(0, 200),
  };
}

/** The failure of a media operation. */
export function failureOfMedia(result: Extract<MediaResult, { ok: false }>): Failure {
  return { code: result.failure, ...(result.detail === '' ? {} : { detail: result.detail }) };
}

/** Why our request got no final response. */
export const NO_ANSWER: Failure = { code: 'request-timeout' };
export const CONNECTION_LOST: Failure = { code: 'connection-lost' };
export const OFFLINE: Failure = { code: 'offline' };
/** No window has the call's media, or it went away. */
export const NO_MEDIA_OWNER: Failure = { code: 'no-media-owner' };

/** `Reason: SIP;cause=200` on a CANCEL: another of our devices took the call (RFC 3326 §3.1). */
export function failureOfCancel(reasons: readonly string[]): Failure {
  return { code: reasons.some((reason) => /(?:^|,)\s*SIP\s*;[^,]*\bcause\s*=\s*200\b/i.test(reason)) ? 'answered-elsewhere' : 'cancelled' };
}

const BY_CAUSE: Readonly<Record<string, FailureCode>> = {
  'Connection Error': 'connection-lost',
  'Request Timeout': 'request-timeout',
  'No Answer': 'request-timeout',
  Expires: 'request-timeout',
  'No ACK': 'request-timeout',
  'RTP Timeout': 'media-failed',
  'WebRTC Error': 'media-failed',
  'Bad Media Description': 'not-acceptable',
  'Missing SDP': 'not-acceptable',
  'Incompatible SDP': 'not-acceptable',
  'Dialog Error': 'refused',
  'Internal Error': 'protocol-error',
};

/** The failure JsSIP's own cause means, where no response came with it. */
export function failureOfCause(cause: string): Failure {
  return { code: BY_CAUSE[cause] ?? 'refused', detail: cause };
}
