/**
 * Hold and resume (RFC 3264 §8.4), and what may go wrong with a re-INVITE (RFC 3261 §14).
 *
 *   Alice                    Bob
 *     |-- INVITE (sendonly) -->|
 *     |<-- 200 (recvonly) -----|
 *     |-- ACK ---------------->|
 */
import { expect, test } from 'vitest';
import { headerOf, tagOf } from '../../main/sip/wire/headers.ts';
import type { ScriptedServer, Script } from '../support/scripted-server.ts';
import { standingCall } from '../support/standing-call.ts';

/** Answers the next re-INVITEs instead of the far side. */
function answersReinvites(server: ScriptedServer, statuses: number[], headers: Record<string, string> = {}): void {
  const script: Script = (received) => {
    if (received.method !== 'INVITE' || tagOf(headerOf(received.message, 'to')) === null) return false;
    const status = statuses.shift();
    if (status === undefined) return false;
    server.reply(received, status, headers);
    return true;
  };
  server.script = script;
}

test('hold and resume are agreed on by both sides, in either direction', async () => {
  const { server, outgoing, incoming } = await standingCall();
  outgoing.session.hold();
  expect(await outgoing.until('hold')).toMatchObject({ byUs: true, byThem: false });
  expect(await incoming.until('hold')).toMatchObject({ byUs: false, byThem: true });
  expect((await server.request('INVITE', 2)).message.body).toContain('a=sendonly');
  outgoing.session.resume();
  expect(await outgoing.until('hold', 2)).toMatchObject({ byUs: false, byThem: false });
  expect(await incoming.until('hold', 2)).toMatchObject({ byUs: false, byThem: false });
  incoming.session.hold();
  expect(await incoming.until('hold', 3)).toMatchObject({ byUs: true, byThem: false });
  expect(await outgoing.until('hold', 3)).toMatchObject({ byUs: false, byThem: true });
});

test('a hold that is refused leaves the call as it was', async () => {
  const { server, alice, outgoing } = await standingCall();
  answersReinvites(server, [488]);
  outgoing.session.hold();
  expect(await outgoing.until('renegotiation-failed')).toMatchObject({ failure: { code: 'not-acceptable', status: 488 } });
  await alice.media.operations.until(
    ({ operation }) => operation.name === 'setLocalDescription' && operation.description.type === 'rollback',
  );
  expect(alice.media.named('setTrackEnabled').at(-1)).toMatchObject({ enabled: true });
  expect(outgoing.facts.all.some(({ kind }) => kind === 'ended')).toBe(false);
  outgoing.session.hold();
  await outgoing.until('hold');
});

test.each([
  ['491', 491, {}],
  ['500 with Retry-After', 500, { 'Retry-After': '2' }],
])('%s is followed by a fresh offer', async (_, status, headers) => {
  const { server, outgoing } = await standingCall();
  answersReinvites(server, [status], headers);
  outgoing.session.hold();
  await outgoing.until('hold');
  const [, first, second] = server.received.all.filter(({ method }) => method === 'INVITE');
  expect(second?.message.body).not.toBe(first?.message.body);
  expect(second?.message.body).toContain('a=sendonly');
});

test('hold and resume in one breath end where the user wants it', async () => {
  const { outgoing, incoming } = await standingCall();
  outgoing.session.hold();
  outgoing.session.resume();
  outgoing.session.hold();
  outgoing.session.resume();
  await outgoing.facts.until((fact) => fact.kind === 'hold' && !fact.byUs, 'resumed');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(outgoing.facts.all.at(-1)).toMatchObject({ kind: 'hold', byUs: false });
  expect(incoming.facts.all.at(-1)).toMatchObject({ byThem: false });
});

/**
 *   Alice (sound)            Bob (sound)
 *     |-- INVITE m=video ----->|   Alice's camera on
 *     |<-- 200 recvonly -------|   Bob sees, his stays off
 *     |<-- INVITE sendrecv ----|   Bob's camera on
 *     |-- INVITE recvonly ---->|   Alice's off again
 */
test('a call with sound becomes one with pictures and back, each side’s camera by its own word', async () => {
  const { outgoing, incoming } = await standingCall();
  outgoing.session.setCamera(true);
  expect(await outgoing.until('camera')).toMatchObject({ on: true, failure: null });
  expect(await outgoing.until('video')).toMatchObject({ video: true });
  expect(await incoming.until('video')).toMatchObject({ video: true });
  incoming.session.setCamera(true);
  expect(await incoming.until('camera')).toMatchObject({ on: true, failure: null });
  outgoing.session.setCamera(false);
  expect(await outgoing.until('camera', 2)).toMatchObject({ on: false, failure: null });
  incoming.session.setCamera(false);
  await incoming.until('camera', 2);
  expect(incoming.facts.all.some(({ kind }) => kind === 'ended')).toBe(false);
});

test('a camera that the far side does not take, refuses, or that is not there, stays off, and the call goes on', async () => {
  const untaken = await standingCall();
  untaken.bob.media.options.refusesVideo = true;
  untaken.outgoing.session.setCamera(true);
  expect(await untaken.outgoing.until('camera')).toMatchObject({ on: false, failure: { code: 'not-acceptable' } });
  expect(untaken.alice.media.named('setCamera').at(-1)).toMatchObject({ on: false });

  const refused = await standingCall();
  answersReinvites(refused.server, [488]);
  refused.outgoing.session.setCamera(true);
  expect(await refused.outgoing.until('camera')).toMatchObject({ on: false, failure: { code: 'not-acceptable', status: 488 } });

  const missing = await standingCall();
  missing.alice.media.options.cameraFails = true;
  missing.outgoing.session.setCamera(true);
  expect(await missing.outgoing.until('camera')).toMatchObject({ on: false, failure: { code: 'media-failed' } });
  expect(missing.server.count('INVITE')).toBe(1);
});

test('a camera that meets a hold of the far side is offered again when its time has come', async () => {
  const { server, outgoing, incoming } = await standingCall();
  answersReinvites(server, [491]);
  outgoing.session.setCamera(true);
  expect(await outgoing.until('camera')).toMatchObject({ on: true, failure: null });
  incoming.session.hold();
  outgoing.session.setCamera(false);
  expect(await outgoing.until('camera', 2)).toMatchObject({ on: false });
  expect(await outgoing.until('hold')).toBeDefined();
});
