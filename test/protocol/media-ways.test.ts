/**
 * A call to a far side that is no browser: offered to a browser first, then to a phone; remembered for the next time.
 *
 *   Alice                     Phone
 *     |-- INVITE (WebRTC) ------>|
 *     |<-- 488 ------------------|
 *     |-- INVITE (RTP/AVP) ----->|
 *     |<-- 200 (RTP/AVP) --------|
 *     |-- ACK ------------------>|
 */
import { expect, test } from 'vitest';
import { createFakeGateway } from '../support/fake-gateway.ts';
import { requestText, ScriptedServer, type Received } from '../support/scripted-server.ts';
import { openSide } from '../support/sip-side.ts';

const PHONE_SDP = ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0', 'm=audio 4000 RTP/AVP 0', ''].join('\r\n');
const PHONE = { Contact: '<sip:phone@127.0.0.1:5999>', 'Content-Type': 'application/sdp' };

/** The protocol of the first section of an INVITE's offer. */
const offered = ({ message }: Received): string => /^m=audio \d+ (\S+)/m.exec(message.body)?.[1] ?? '';

async function setUp(takes: (protocol: string) => boolean) {
  const server = new ScriptedServer();
  const gateway = createFakeGateway();
  const alice = openSide({ user: 'alice', openSocket: server.openSocket, gateway });
  await alice.register();
  const rules = { takes, refuses: 488 };
  server.script = (received) => {
    if (received.method === 'BYE') server.reply(received, 200);
    if (received.method !== 'INVITE') return received.method !== 'REGISTER';
    if (rules.takes(offered(received))) server.reply(received, 200, PHONE, PHONE_SDP, `tag-${server.count('INVITE')}`);
    else server.reply(received, rules.refuses, {}, '', `tag-${server.count('INVITE')}`);
    return true;
  };
  const offers = (): string[] => server.received.all.filter(({ method }) => method === 'INVITE').map(offered);
  return { server, gateway, alice, rules, offers };
}

test.each([488, 415, 606])('%i to a browser’s offer is followed by a phone’s, as one call', async (status) => {
  const { alice, offers, gateway, rules } = await setUp((protocol) => protocol === 'RTP/AVP');
  rules.refuses = status;
  const call = alice.call('sip:phone@sip.test');
  await call.until('answered');
  expect(offers()).toEqual(['UDP/TLS/RTP/SAVPF', 'RTP/AVP']);
  expect(gateway.done).toEqual(['open 127.0.0.1', 'outward RTP/AVP', 'inward answer']);
  expect(await call.until('protection')).toMatchObject({ protection: 'none' });
  call.session.end();
  await call.until('ended');
  expect(gateway.done.at(-1)).toBe('close');
});

test('what a peer took is offered first next time, and the rest when it has another phone by then', async () => {
  const { alice, offers, rules } = await setUp((protocol) => protocol === 'RTP/AVP');
  const first = alice.call('sip:phone@sip.test');
  await first.until('answered');
  first.session.end();
  await first.until('ended');
  rules.takes = (protocol) => protocol === 'RTP/SAVP';
  const second = alice.call('sip:phone@sip.test');
  // The fake phone answers without keys: what counts is what it was offered.
  await second.until('answered');
  expect(offers()).toEqual(['UDP/TLS/RTP/SAVPF', 'RTP/AVP', 'RTP/AVP', 'UDP/TLS/RTP/SAVPF', 'RTP/SAVP']);
});

test('whoever takes no offer at all is asked each once, and the last refusal is said', async () => {
  const { alice, offers } = await setUp(() => false);
  const call = alice.call('sip:phone@sip.test');
  expect(await call.until('ended')).toMatchObject({ failure: { code: 'not-acceptable', status: 488 } });
  expect(offers()).toEqual(['UDP/TLS/RTP/SAVPF', 'RTP/AVP', 'RTP/SAVP']);
});

test('another refusal is about the call, and final', async () => {
  const { alice, offers, rules } = await setUp(() => false);
  rules.refuses = 486;
  expect(await alice.call('sip:phone@sip.test').until('ended')).toMatchObject({ failure: { code: 'busy' } });
  expect(offers()).toHaveLength(1);
});

test('hanging up while an offer is refused ends the call', async () => {
  const { server, alice, offers } = await setUp(() => false);
  const script = server.script;
  server.script = (received) => received.method !== 'REGISTER';
  const call = alice.call('sip:phone@sip.test');
  const invite = await server.request('INVITE');
  server.reply(invite, 180, {}, '', 'ringing');
  await call.until('ringing');
  call.session.end();
  server.script = script;
  server.reply(invite, 488, {}, '', 'ringing');
  await call.until('ended');
  expect(offers()).toHaveLength(1);
});

test('a phone’s call is answered as it was offered; one whose sound cannot be carried says so before it rings', async () => {
  const { server, alice, gateway } = await setUp(() => true);
  const invite = (sdp: string): string =>
    requestText({ method: 'INVITE', uri: 'sip:alice@sip.test', headers: { ...PHONE, Contact: '<sip:carol@127.0.0.1>' }, body: sdp });
  server.connection.send(invite(PHONE_SDP));
  const incoming = await alice.incoming.until(() => true);
  incoming.session.accept(false);
  const answer = await server.response('INVITE', (status) => status === 200);
  expect(offered(answer)).toBe('RTP/AVP');
  expect(gateway.done).toEqual(['open 127.0.0.1', 'inward offer', 'outward answer']);
  server.connection.send(invite(PHONE_SDP.replace('RTP/AVP', 'TCP/MSRP')));
  expect((await alice.until('session', 2)).session.isAnswerable).toBe(false);
});

test('a gateway that breaks ends the call as a failure of its media', async () => {
  const { alice, gateway } = await setUp((protocol) => protocol === 'RTP/AVP');
  const call = alice.call('sip:phone@sip.test');
  await call.until('answered');
  gateway.fail();
  expect(await call.until('ended')).toMatchObject({ failure: { code: 'media-failed', detail: 'broken' } });
});

test('a change of network restarts nothing between page and gateway', async () => {
  const { alice, offers } = await setUp((protocol) => protocol === 'RTP/AVP');
  const call = alice.call('sip:phone@sip.test');
  await call.until('answered');
  alice.userAgent.reconnect();
  await expect.poll(() => offers().length).toBe(3);
  expect(alice.media.named('createOffer')).toEqual(Array.from({ length: 3 }, () => ({ name: 'createOffer', iceRestart: false })));
});
