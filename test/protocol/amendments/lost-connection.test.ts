/**
 * A call lives by its media, not by the connection of its signalling (RFC 3261 §12).
 *
 *   Alice          Server           Bob
 *     |============ media ===========|
 *     |      x        |              |
 *     |-- REGISTER -->|              |
 *     |-- INVITE (new Contact) ----->|
 */
import { expect, test } from 'vitest';
import { standingCall } from '../../support/standing-call.ts';

test('a running call outlives the connection; one that only rings does not', async () => {
  const { server, alice, outgoing } = await standingCall();
  const ringing = alice.call('sip:bob@sip.test');
  await ringing.until('ringing');
  server.connections[0]!.drop();
  expect(await ringing.until('ended')).toMatchObject({ failure: { code: 'connection-lost' }, byUs: false });
  expect(outgoing.facts.all.some(({ kind }) => kind === 'ended')).toBe(false);
  // Back again, the far side learns our new Contact by a re-INVITE, and BYE finds its way.
  const invites = server.count('INVITE');
  alice.userAgent.attempt();
  await alice.until('registered', 2);
  await server.request('INVITE', invites + 1);
  await outgoing.until('hold');
  outgoing.session.end();
  await server.request('BYE');
});

test('a hold that finds no connection fails; the call goes on', async () => {
  const { server, outgoing } = await standingCall();
  server.connections[0]!.drop();
  outgoing.session.hold();
  expect(await outgoing.until('renegotiation-failed')).toMatchObject({ failure: { code: 'connection-lost' } });
  expect(outgoing.facts.all.some(({ kind }) => kind === 'ended')).toBe(false);
});
