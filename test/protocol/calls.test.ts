/**
 * Calls: INVITE, its answers and its ends (RFC 3261 §13-§15).
 *
 *   Alice          Server           Bob
 *     |-- INVITE ---->|-- INVITE --->|
 *     |<-- 180 -------|<-- 180 ------|
 *     |<-- 200 -------|<-- 200 ------|
 *     |-- ACK ------->|-- ACK ------>|
 *     |============ media ===========|
 *     |-- BYE ------->|-- BYE ------>|
 */
import { expect, test } from 'vitest';
import { headerOf } from '../../main/sip/wire/headers.ts';
import { describe as sdpOf, type FakeMediaOptions } from '../support/fake-media-peer.ts';
import { requestText, ScriptedServer } from '../support/scripted-server.ts';
import { openSide, type SideOptions } from '../support/sip-side.ts';
import { standingCall } from '../support/standing-call.ts';

async function setUp(options: SideOptions = {}, media: FakeMediaOptions = {}) {
  const server = new ScriptedServer();
  const alice = openSide({ user: 'alice', openSocket: server.openSocket, ...options });
  const bob = openSide({ user: 'bob', openSocket: server.openSocket });
  alice.media.options = media;
  await Promise.all([alice.register(), bob.register()]);
  return { server, alice, bob };
}

const PROTECTED = { kind: 'protection', protection: 'dtls' } as const;

test.each([false, true])('a call is offered, rings, is answered and hung up (video: %s)', async (video) => {
  const { server, alice, bob, outgoing, incoming } = await standingCall(video);
  expect(outgoing.facts.all).toEqual([{ kind: 'calling' }, { kind: 'ringing', earlyMedia: false }, { kind: 'answered', video }, PROTECTED]);
  expect(incoming.facts.all).toEqual([{ kind: 'answered', video }, PROTECTED]);
  expect((await bob.until('session')).session).toMatchObject({ from: 'sip:alice@sip.test', offersVideo: video });
  outgoing.session.end();
  expect(await outgoing.until('ended')).toEqual({ kind: 'ended', failure: null, byUs: true });
  expect(await incoming.until('ended')).toEqual({ kind: 'ended', failure: null, byUs: false });
  expect(alice.media.released).toEqual([outgoing.legId]);
  expect(bob.media.released).toEqual([incoming.legId]);
  expect(server.count('BYE')).toBe(1);
  expect([...alice.warnings, ...bob.warnings]).toEqual([]);
});

test('video is not agreed on where the other side takes none', async () => {
  const { alice, bob } = await setUp();
  bob.media.options = { refusesVideo: true };
  const outgoing = alice.call('sip:bob@sip.test', true);
  const incoming = await bob.incoming.until(() => true);
  incoming.session.accept(false);
  expect((await outgoing.until('answered')).video).toBe(false);
  expect((await incoming.until('answered')).video).toBe(false);
});

test('the media is opened before the INVITE leaves, with the account’s ICE servers', async () => {
  const { server, alice } = await setUp({ settings: { iceServers: [{ url: 'stun:127.0.0.1' }] } });
  const call = alice.call('sip:bob@sip.test');
  await call.until('calling');
  await server.request('INVITE');
  expect(alice.media.operations.all.map(({ operation }) => operation.name)).toEqual(['open', 'createOffer', 'setLocalDescription']);
  expect(alice.media.named('open')[0]).toEqual({ name: 'open', video: false, iceServers: [{ urls: 'stun:127.0.0.1' }] });
});

test.each<[string, FakeMediaOptions, string]>([
  ['nobody takes the media', { claims: false }, 'no-media-owner'],
  ['the microphone is denied', { openFails: 'microphone-denied' }, 'microphone-denied'],
])('%s: the call ends before any INVITE', async (_, media, code) => {
  const { server, alice } = await setUp({}, media);
  const call = alice.call('sip:bob@sip.test');
  expect(await call.until('ended')).toMatchObject({ failure: { code }, byUs: false });
  expect(server.count('INVITE')).toBe(0);
});

test('a microphone that fails while accepting refuses the call with 480', async () => {
  const { alice, bob } = await setUp();
  bob.media.options = { openFails: 'no-microphone' };
  const outgoing = alice.call('sip:bob@sip.test');
  const incoming = await bob.incoming.until(() => true);
  incoming.session.accept(false);
  expect(await incoming.until('ended')).toMatchObject({ failure: { code: 'no-microphone' }, byUs: false });
  expect(await outgoing.until('ended')).toMatchObject({ failure: { code: 'unavailable', status: 480 }, byUs: false });
});

test.each([
  [486, 'busy'],
  [603, 'declined'],
  [480, 'unavailable'],
] as const)('a ringing call that is rejected with %i is %s to the caller', async (status, code) => {
  const { alice, bob } = await setUp();
  const outgoing = alice.call('sip:bob@sip.test');
  const incoming = await bob.incoming.until(() => true);
  await outgoing.until('ringing');
  incoming.session.reject(status);
  expect(await incoming.until('ended')).toEqual({ kind: 'ended', failure: null, byUs: true });
  expect(await outgoing.until('ended')).toMatchObject({ failure: { code, status }, byUs: false });
});

test.each([
  ['busy', 486],
  ['unavailable', 480],
  ['refused', 603],
] as const)('the verdict %s answers %i without ringing', async (verdict, status) => {
  const { server, alice, bob } = await setUp();
  bob.sessionVerdict = verdict;
  const outgoing = alice.call('sip:bob@sip.test');
  expect(await outgoing.until('ended')).toMatchObject({ failure: { status } });
  expect(server.received.all.some((received) => received.status === 180)).toBe(false);
});

test('a call that is cancelled while it rings ends for both', async () => {
  const { server, alice, bob } = await setUp();
  const outgoing = alice.call('sip:bob@sip.test');
  const incoming = await bob.incoming.until(() => true);
  await outgoing.until('ringing');
  outgoing.session.end();
  expect(await outgoing.until('ended')).toEqual({ kind: 'ended', failure: null, byUs: true });
  expect(await incoming.until('ended')).toMatchObject({ failure: { code: 'cancelled' }, byUs: false });
  expect((await server.response('INVITE')).status).toBe(487);
});

test('CANCEL because another device answered says so (RFC 3326)', async () => {
  const { server, bob } = await setUp();
  const invite = requestText({
    method: 'INVITE',
    uri: 'sip:bob@sip.test',
    to: '<sip:bob@sip.test>',
    callId: 'fork',
    headers: { Contact: '<sip:carol@127.0.0.1>', 'Content-Type': 'application/sdp' },
    body: sdpOf(1, ['sendrecv']),
  });
  server.connections[1]!.send(invite);
  const incoming = await bob.incoming.until(() => true);
  const branch = /branch=([^;\r]+)/.exec(invite)![1]!;
  server.connections[1]!.send(
    requestText({
      method: 'CANCEL',
      uri: 'sip:bob@sip.test',
      to: '<sip:bob@sip.test>',
      callId: 'fork',
      headers: { Reason: 'SIP;cause=200;text="Call completed elsewhere"' },
    }).replace(/branch=[^;\r]+/, `branch=${branch}`),
  );
  expect(await incoming.until('ended')).toMatchObject({ failure: { code: 'answered-elsewhere' }, byUs: false });
});

test('hanging up before anything left ends at once and sends nothing', async () => {
  const { server, alice } = await setUp();
  const call = alice.call('sip:bob@sip.test');
  call.session.end();
  expect(await call.until('ended')).toEqual({ kind: 'ended', failure: null, byUs: true });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(server.count('INVITE')).toBe(0);
  expect(call.facts.all).toHaveLength(1);
});

test.each([
  [302, 'redirected'],
  [404, 'unknown-address'],
  [488, 'not-acceptable'],
  [500, 'server-error'],
  [604, 'unknown-address'],
] as const)('an INVITE that is answered %i ends as %s', async (status, code) => {
  const { server, alice } = await setUp();
  server.script = (received) => {
    if (received.method !== 'INVITE') return false;
    server.reply(received, status);
    return true;
  };
  expect(await alice.call('sip:bob@sip.test').until('ended')).toMatchObject({ failure: { code, status }, byUs: false });
  await server.request('ACK');
});

test('183 with a description is early media; a bare 2xx of the same dialog takes its answer from there', async () => {
  const { server, alice } = await setUp();
  server.script = (received) => {
    if (received.method !== 'INVITE') return received.method === 'ACK';
    const contact = { Contact: '<sip:bob@127.0.0.1:5999>' };
    server.reply(received, 183, { ...contact, 'Content-Type': 'application/sdp' }, sdpOf(1, ['sendrecv']), 'early');
    setTimeout(() => server.reply(received, 200, contact, '', 'early'), 50);
    return true;
  };
  const call = alice.call('sip:bob@sip.test');
  expect(await call.until('ringing')).toEqual({ kind: 'ringing', earlyMedia: true });
  await call.until('answered');
  await server.request('ACK');
});

test('ICE that never stops gathering does not hold the INVITE back for long', async () => {
  const { server, alice } = await setUp({}, { gathersForEver: true });
  alice.call('sip:bob@sip.test');
  await server.request('INVITE');
});

test('the window with the media is closed: the far side gets BYE', async () => {
  const { server, alice, outgoing, incoming } = await standingCall();
  alice.media.dropOwner(outgoing.legId);
  expect(await outgoing.until('ended')).toMatchObject({ failure: { code: 'no-media-owner' }, byUs: false });
  expect(await incoming.until('ended')).toEqual({ kind: 'ended', failure: null, byUs: false });
  expect(server.count('BYE')).toBe(1);
});

test('ICE that fails ends the call as a media failure', async () => {
  const { alice, outgoing, incoming } = await standingCall();
  alice.media.connect(outgoing.legId, 'failed');
  expect(await outgoing.until('ended')).toMatchObject({ failure: { code: 'media-failed' }, byUs: false });
  await incoming.until('ended');
});

test('tones go by the audio stream or by INFO, as the account says; those that come by INFO are told', async () => {
  const { alice, bob, outgoing } = await standingCall(false, { settings: { dtmf: 'rfc4733' } });
  outgoing.session.sendDtmf('12#');
  await alice.media.operations.until(({ operation }) => operation.name === 'insertDtmf');
  expect(alice.media.named('insertDtmf')[0]).toMatchObject({ tones: '12#' });
  expect(bob.warnings).toEqual([]);

  const info = await standingCall(false, { settings: { dtmf: 'info' } });
  info.outgoing.session.sendDtmf('5');
  expect((await info.incoming.until('dtmf')).tone).toBe('5');
});

test('mute and camera switch the tracks and outlive hold', async () => {
  const { alice, outgoing } = await standingCall(true);
  const switched = (): unknown[] => alice.media.named('setTrackEnabled').map((operation) => ({ ...operation, name: undefined }));
  outgoing.session.setMuted(true);
  outgoing.session.setCameraOff(true);
  expect(switched()).toEqual([
    { kind: 'audio', enabled: false },
    { kind: 'video', enabled: false },
  ]);
  outgoing.session.hold();
  await outgoing.until('hold');
  outgoing.session.resume();
  await outgoing.until('hold', 2);
  expect(switched()).toHaveLength(2);
  outgoing.session.setMuted(false);
  expect(switched().at(-1)).toEqual({ kind: 'audio', enabled: true });
});

test('closing the user agent ends its calls with BYE first', async () => {
  const { server, alice, outgoing, incoming } = await standingCall();
  await alice.userAgent.close();
  await outgoing.until('ended');
  await incoming.until('ended');
  expect(server.count('BYE')).toBe(1);
  expect(headerOf((await server.request('REGISTER', 3)).message, 'expires')).toBe('0');
});
