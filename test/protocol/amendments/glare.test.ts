/**
 * Two re-offers that cross (RFC 3261 §14.1, §14.2): each side refuses the other's with 491 and no more, and offers again
 * when its time has come.
 *
 *   Alice                    Bob
 *     |-- INVITE (sendonly) -->|
 *     |<-- INVITE (sendonly) --|
 *     |<-- 491 ----------------|
 *     |-- 491 ---------------->|
 */
import { expect, test } from 'vitest';
import { headerOf } from '../../../main/sip/wire/headers.ts';
import { describe as sdpOf } from '../../support/fake-media-peer.ts';
import { requestText, ScriptedServer } from '../../support/scripted-server.ts';
import { openSide } from '../../support/sip-side.ts';
import { standingCall } from '../../support/standing-call.ts';

test('both hold at the same moment: glare is resolved and both get what they want', async () => {
  for (let round = 0; round < 5; round += 1) {
    const { alice, bob, outgoing, incoming } = await standingCall();
    outgoing.session.hold();
    incoming.session.hold();
    await outgoing.facts.until((fact) => fact.kind === 'hold' && fact.byUs && fact.byThem, 'both held, as Alice sees it');
    await incoming.facts.until((fact) => fact.kind === 'hold' && fact.byUs && fact.byThem, 'both held, as Bob sees it');
    expect([...outgoing.facts.all, ...incoming.facts.all].some(({ kind }) => kind === 'ended')).toBe(false);
    expect([...alice.warnings, ...bob.warnings]).toEqual([]);
  }
});

test('a re-INVITE before the ACK of our 2xx is answered 491, not 403', async () => {
  const server = new ScriptedServer();
  const bob = openSide({ user: 'bob', openSocket: server.openSocket });
  await bob.register();
  const invite = (cseq: number, to: string): string =>
    requestText({
      method: 'INVITE',
      uri: 'sip:bob@sip.test',
      to,
      callId: 'moratorium',
      cseq,
      headers: { Contact: '<sip:carol@127.0.0.1>', 'Content-Type': 'application/sdp' },
      body: sdpOf(cseq, ['sendrecv']),
    });
  server.connection.send(invite(1, '<sip:bob@sip.test>'));
  const incoming = await bob.incoming.until(() => true);
  incoming.session.accept(false);
  const answer = await server.response('INVITE', (status) => status === 200);
  server.connection.send(invite(2, headerOf(answer.message, 'to')!));
  const second = await server.received.until(
    ({ message, status }) => status !== null && status >= 200 && headerOf(message, 'cseq') === '2 INVITE',
    'the second answer',
  );
  expect(second.status).toBe(491);
});
