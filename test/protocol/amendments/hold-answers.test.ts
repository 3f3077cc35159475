/**
 * What we answer while we hold (RFC 3264 §8.4): an offer of the far side takes nothing from us.
 *
 *   Alice holds              Bob
 *     |<-- INVITE (sendrecv) --|
 *     |-- 200 (sendonly) ----->|
 */
import { expect, test } from 'vitest';
import { heldAnswer } from '../../../main/sip/amendments/hold-answers.ts';
import { headerOf, parseNameAddr } from '../../../main/sip/wire/headers.ts';
import { describe as sdpOf } from '../../support/fake-media-peer.ts';
import { requestText } from '../../support/scripted-server.ts';
import { standingCall } from '../../support/standing-call.ts';

test.each([
  ['sendrecv', 'sendonly'],
  ['recvonly', 'sendonly'],
  ['sendonly', 'inactive'],
])('while we hold, an offer of the far side does not resume the call: %s is answered %s', async (offered, answered) => {
  const { server, outgoing } = await standingCall();
  const invite = await server.request('INVITE');
  const { message } = await server.response('INVITE');
  outgoing.session.hold();
  await outgoing.until('hold');
  server.connections[0]!.send(
    requestText({
      method: 'INVITE',
      uri: parseNameAddr(headerOf(invite.message, 'contact') ?? '')?.uri ?? '',
      from: headerOf(message, 'to') ?? '',
      to: headerOf(message, 'from') ?? '',
      callId: headerOf(message, 'call-id') ?? '',
      cseq: 7,
      headers: { Contact: '<sip:bob@127.0.0.1>', 'Content-Type': 'application/sdp' },
      body: sdpOf(5, [offered]),
    }),
  );
  const answer = await server.received.until(
    (received) => received.status === 200 && headerOf(received.message, 'cseq') === '7 INVITE',
    'the answer to the far side’s offer',
  );
  expect(answer.message.body).toContain(`a=${answered}\r\n`);
});

test('an answer while we hold takes nothing', () => {
  expect(heldAnswer('a=sendrecv\r\na=recvonly\r\na=sendonly\r\na=inactive\r\n')).toBe(
    'a=sendonly\r\na=inactive\r\na=sendonly\r\na=inactive\r\n',
  );
});
