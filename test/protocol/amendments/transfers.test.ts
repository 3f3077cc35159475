/**
 * A call that the far side would give to somebody else (RFC 3515, RFC 3891): the core is asked, and the answer is its
 * verdict.
 *
 *   Alice                     Bob
 *     |===== a standing call ====|
 *     |-- REFER (to Carol) ----->|
 *     |<-- 603 ------------------|
 *   Carol                        |
 *     |-- INVITE (Replaces) ---->|
 *     |<-- 603 ------------------|
 */
import Constants from 'jssip/lib/Constants.js';
import { expect, test } from 'vitest';
import { headerOf, parseNameAddr, tagOf } from '../../../main/sip/wire/headers.ts';
import { describe as sdpOf } from '../../support/fake-media-peer.ts';
import { requestText, ScriptedServer } from '../../support/scripted-server.ts';
import { openSide } from '../../support/sip-side.ts';
import { standingCall } from '../../support/standing-call.ts';

/** A CSeq beyond that of the INVITE, which begins anywhere below ten thousand. */
const AFTER = 20_000;

async function setUp() {
  const { server, incoming } = await standingCall();
  const { message } = await server.response('INVITE');
  const dialog = {
    uri: parseNameAddr(headerOf(message, 'contact') ?? '')?.uri ?? '',
    from: headerOf(message, 'from') ?? '',
    to: headerOf(message, 'to') ?? '',
    callId: headerOf(message, 'call-id') ?? '',
  };
  return { server, toBob: server.connections[1]!, incoming, dialog };
}

test('REFER is declined by whom the core says, and the call goes on', async () => {
  const { server, toBob, incoming, dialog } = await setUp();
  toBob.send(requestText({ ...dialog, method: 'REFER', cseq: AFTER, headers: { 'Refer-To': '<sip:carol@sip.test>' } }));
  expect((await server.response('REFER')).status).toBe(603);
  expect(await incoming.until('transfer')).toEqual({ kind: 'transfer', to: 'sip:carol@sip.test' });
  expect(server.count('NOTIFY')).toBe(0);
  expect(incoming.facts.all.some(({ kind }) => kind === 'ended')).toBe(false);
});

test.each(['', '<carol>', '<http://carol.example>'])('REFER to “%s”, which names nobody, is a bad request', async (target) => {
  const { server, toBob, incoming, dialog } = await setUp();
  toBob.send(requestText({ ...dialog, method: 'REFER', cseq: AFTER, headers: { 'Refer-To': target } }));
  expect((await server.response('REFER')).status).toBe(400);
  expect(incoming.facts.all.some(({ kind }) => kind === 'transfer' || kind === 'ended')).toBe(false);
});

test('INVITE with Replaces is declined, and the call that it names goes on', async () => {
  const { server, toBob, incoming, dialog } = await setUp();
  const replaces = `${dialog.callId};from-tag=${tagOf(dialog.from) ?? ''};to-tag=${tagOf(dialog.to) ?? ''}`;
  toBob.send(
    requestText({
      method: 'INVITE',
      uri: dialog.uri,
      to: '<sip:bob@sip.test>',
      callId: 'of-carol',
      headers: { Contact: '<sip:carol@127.0.0.1>', 'Content-Type': 'application/sdp', Replaces: replaces },
      body: sdpOf(1, ['sendrecv']),
    }),
  );
  const answer = await server.received.until(
    ({ status, message }) => status !== null && status >= 200 && headerOf(message, 'call-id') === 'of-carol',
    'an answer to Carol',
  );
  expect(answer.status).toBe(603);
  expect(await incoming.until('replacement')).toEqual({ kind: 'replacement', by: 'sip:carol@sip.test' });
  expect(incoming.facts.all.some(({ kind }) => kind === 'ended')).toBe(false);
});

test('transfer is neither allowed nor advertised', async () => {
  expect(Constants.ALLOWED_METHODS).not.toContain('REFER');
  const server = new ScriptedServer();
  const alice = openSide({ openSocket: server.openSocket });
  await alice.register();
  alice.call('sip:bob@sip.test');
  expect(headerOf((await server.request('INVITE')).message, 'supported')).toBe('ice,outbound');
});
