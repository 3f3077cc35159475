import { expect, test } from 'vitest';
import type { FailureCode } from '../../../../common/model/failure.ts';
import { codeOfStatus, failureOfCancel, failureOfCause, failureOfError, failureOfResponse } from '../../../../main/sip/failure-mapping.ts';

test.each<[number, FailureCode]>([
  [300, 'redirected'],
  [302, 'redirected'],
  [400, 'refused'],
  [401, 'credentials-refused'],
  [403, 'forbidden'],
  [404, 'unknown-address'],
  [405, 'refused'],
  [406, 'not-acceptable'],
  [407, 'credentials-refused'],
  [408, 'request-timeout'],
  [410, 'unavailable'],
  [413, 'too-large'],
  [415, 'unsupported-media'],
  [480, 'unavailable'],
  [486, 'busy'],
  [487, 'cancelled'],
  [488, 'not-acceptable'],
  [500, 'server-error'],
  [503, 'server-error'],
  [513, 'too-large'],
  [600, 'busy'],
  [603, 'declined'],
  [604, 'unknown-address'],
  [606, 'not-acceptable'],
  [699, 'refused'],
])('%i is %s', (status, code) => {
  expect(codeOfStatus(status)).toBe(code);
});

const refusal = (status: number, challenge?: string) => ({
  status_code: status,
  reason_phrase: 'Why',
  getHeaders: (name: string) => (challenge !== undefined && name === 'www-authenticate' ? [challenge] : []),
});

test('a challenge nobody can answer is told from credentials nobody wants', () => {
  expect(failureOfResponse(refusal(401, 'Digest realm="a", nonce="b"'))).toEqual({
    code: 'credentials-refused',
    status: 401,
    detail: 'Why',
  });
  expect(failureOfResponse(refusal(401, 'Digest realm="a", nonce="b", algorithm=NEW')).code).toBe('authentication-unsupported');
  expect(failureOfResponse(refusal(401)).code).toBe('authentication-unsupported');
});

test('403 is about the credentials for REGISTER alone', () => {
  expect(failureOfResponse(refusal(403), true).code).toBe('credentials-refused');
  expect(failureOfResponse(refusal(403)).code).toBe('forbidden');
});

test.each<[string, FailureCode]>([
  ['ENOTFOUND', 'address-unresolvable'],
  ['EAI_AGAIN', 'address-unresolvable'],
  ['ECONNREFUSED', 'connection-refused'],
  ['ETIMEDOUT', 'connection-timeout'],
  ['ECONNRESET', 'connection-lost'],
  ['EPIPE', 'connection-lost'],
  ['EPROTO', 'protocol-error'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'protocol-error'],
])('%s is %s', (code, expected) => {
  expect(failureOfError(Object.assign(new Error('x'), { code })).code).toBe(expected);
});

test('of several addresses that were tried, the first speaks', () => {
  expect(failureOfError(new AggregateError([Object.assign(new Error('no'), { code: 'ECONNREFUSED' })])).code).toBe('connection-refused');
});

test.each<[string, FailureCode]>([
  ['SIP;cause=200;text="Call completed elsewhere"', 'answered-elsewhere'],
  ['SIP ;cause=200', 'answered-elsewhere'],
  ['Q.850;cause=16, SIP;cause=200', 'answered-elsewhere'],
  ['SIP;cause=487', 'cancelled'],
  ['Q.850;cause=200', 'cancelled'],
  ['SIP;cause=2000', 'cancelled'],
])('Reason: %s on CANCEL is %s', (reason, code) => {
  expect(failureOfCancel([reason]).code).toBe(code);
});

test('what JsSIP says in its own words', () => {
  expect(failureOfCause('RTP Timeout').code).toBe('media-failed');
  expect(failureOfCause('something new').code).toBe('refused');
});
