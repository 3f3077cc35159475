/**
 * An INVITE that a proxy forked (RFC 3261 §13.2.2.4), and a 2xx that crosses CANCEL (§9.1).
 *
 *   Alice                 Proxy: A and B
 *     |-- INVITE ------------->|
 *     |<-- 200 (tag A) --------|
 *     |-- ACK (A) ------------>|
 *     |<-- 200 (tag B) --------|
 *     |-- ACK (B), BYE (B) --->|
 */
import { expect, test } from 'vitest';
import { headerOf, tagOf } from '../../../main/sip/wire/headers.ts';
import { describe as sdpOf } from '../../support/fake-media-peer.ts';
import { replyTo, ScriptedServer, type Received } from '../../support/scripted-server.ts';
import { openSide } from '../../support/sip-side.ts';

async function setUp() {
  const server = new ScriptedServer();
  const alice = openSide({ openSocket: server.openSocket });
  await alice.register();
  return { server, alice };
}

function answer(server: ScriptedServer, invite: Received, tag: string, status = 200): void {
  server.reply(invite, status, { Contact: `<sip:${tag}@127.0.0.1:5999>`, 'Content-Type': 'application/sdp' }, sdpOf(1, ['sendrecv']), tag);
}

const tagIn = ({ message }: Received): string | null => tagOf(headerOf(message, 'to'));

test('the second answer is acknowledged and ended by itself; the first call goes on', async () => {
  const { server, alice } = await setUp();
  server.script = ({ method }) => method !== 'REGISTER';
  const call = alice.call('sip:bob@sip.test');
  const invite = await server.request('INVITE');
  answer(server, invite, 'branch-a');
  await call.until('answered');
  answer(server, invite, 'branch-b');
  expect(tagIn(await server.request('BYE'))).toBe('branch-b');
  expect(server.received.all.filter(({ method }) => method === 'ACK').map(tagIn)).toEqual(['branch-a', 'branch-b']);
  // The 2xx again, because our ACK was lost: ACK alone.
  answer(server, invite, 'branch-b');
  expect(tagIn(await server.request('ACK', 3))).toBe('branch-b');
  answer(server, invite, 'branch-a');
  expect(tagIn(await server.request('ACK', 4))).toBe('branch-a');
  expect(server.count('BYE')).toBe(1);
  expect(call.facts.all.some(({ kind }) => kind === 'ended')).toBe(false);
});

test('early media of one branch, answer of another', async () => {
  const { server, alice } = await setUp();
  server.script = ({ method }) => method !== 'REGISTER';
  const call = alice.call('sip:bob@sip.test');
  const invite = await server.request('INVITE');
  answer(server, invite, 'early-a', 183);
  await call.until('ringing');
  answer(server, invite, 'early-b', 183);
  answer(server, invite, 'early-b', 200);
  await call.until('answered');
  expect(tagIn(await server.request('ACK'))).toBe('early-b');
});

test('a 2xx that crosses our CANCEL is acknowledged and ended', async () => {
  const { server, alice } = await setUp();
  server.script = ({ method }) => method !== 'REGISTER';
  const call = alice.call('sip:bob@sip.test');
  const invite = await server.request('INVITE');
  server.reply(invite, 180, { Contact: '<sip:b@127.0.0.1>' }, '', 'late');
  await call.until('ringing');
  call.session.end();
  await server.request('CANCEL');
  answer(server, invite, 'late');
  expect(tagIn(await server.request('ACK'))).toBe('late');
  expect(tagIn(await server.request('BYE'))).toBe('late');
  expect(call.facts.all.filter(({ kind }) => kind === 'ended')).toHaveLength(1);
});

test('hanging up in the moment of the answer still acknowledges first', async () => {
  const { server, alice } = await setUp();
  server.script = ({ method }) => method !== 'REGISTER';
  const call = alice.call('sip:bob@sip.test');
  const invite = await server.request('INVITE');
  server.connection.send(
    replyTo(invite.message, 200, { Contact: '<sip:b@127.0.0.1:5999>', 'Content-Type': 'application/sdp' }, sdpOf(1, ['sendrecv']), 'b'),
  );
  await alice.media.operations.until(({ operation }) => operation.name === 'setRemoteDescription');
  call.session.end();
  await call.until('ended');
  await server.request('BYE');
  const order = server.received.all.map(({ method }) => method).filter((method) => method === 'ACK' || method === 'BYE');
  expect(order).toEqual(['ACK', 'BYE']);
});
