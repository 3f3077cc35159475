/** Whose media is asked of which window, and what becomes of it when the window or the leg goes. */
import { expect, it } from 'vitest';
import type { CallId, ClientId, LegId } from '../../../../common/model/ids.ts';
import type { PeerState } from '../../../../common/model/media.ts';
import { createMediaRelay } from '../../../../main/app/media-relay.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';

const CALL = 'call' as CallId;
const FIRST = 'first leg' as LegId;
const SECOND = 'second leg' as LegId;
const WINDOW = 'window' as ClientId;
const STATE = { signalingState: 'stable' } as PeerState;

function setUp() {
  const requested: string[] = [];
  const facts: string[] = [];
  const relay = createMediaRelay(createFakeClock(), {
    requested: (owner, callId, legId, request, operation) => requested.push(`${owner} ${callId} ${legId} ${request} ${operation.name}`),
    ownerChanged: (callId, hasOwner) => facts.push(`${callId} ${hasOwner ? 'owned' : 'free'}`),
    isCall: (callId) => callId === CALL,
    callOf: (legId) => (legId === FIRST || legId === SECOND ? CALL : null),
  });
  const listen = (legId: LegId): void => {
    relay.peer.listen(legId, { event: (name) => facts.push(`${legId} ${name}`), gone: () => facts.push(`${legId} gone`) });
  };
  return { relay, requested, facts, listen };
}

it('a window that claims a call has both its legs, and each is asked and heard by itself', async () => {
  const { relay, requested, facts, listen } = setUp();
  listen(FIRST);
  listen(SECOND);
  const waits = [relay.peer.claimed(FIRST), relay.peer.claimed(SECOND)];
  relay.claim(CALL, WINDOW);
  expect(await Promise.all(waits)).toEqual([true, true]);
  const first = relay.peer.request(FIRST, { name: 'createAnswer' });
  const second = relay.peer.request(SECOND, { name: 'createAnswer' });
  expect(requested).toEqual(['window call first leg 1 createAnswer', 'window call second leg 2 createAnswer']);
  const answer = (sdp: string) => ({ ok: true, description: { type: 'answer', sdp }, state: STATE }) as const;
  relay.answer(SECOND, WINDOW, 2, answer('of the second'));
  // The number of another leg's request is none of this one's.
  relay.answer(SECOND, WINDOW, 1, answer('mistaken'));
  relay.answer(FIRST, WINDOW, 1, answer('of the first'));
  expect((await first).ok && (await first)).toMatchObject({ description: { sdp: 'of the first' } });
  expect((await second).ok && (await second)).toMatchObject({ description: { sdp: 'of the second' } });
  relay.notify(SECOND, WINDOW, 'track', false, STATE);
  expect(facts).toEqual(['call owned', 'second leg track']);
});

it('a leg that is over is closed; the other goes on with the same owner', async () => {
  const { relay, requested, facts, listen } = setUp();
  listen(FIRST);
  listen(SECOND);
  relay.claim(CALL, WINDOW);
  const asked = relay.peer.request(FIRST, { name: 'createAnswer' });
  relay.peer.release(FIRST);
  expect(await asked).toMatchObject({ ok: false, failure: 'no-media-owner' });
  expect(requested.at(-1)).toBe('window call first leg 2 close');
  expect(relay.notify(FIRST, WINDOW, 'track', false, STATE)).toMatchObject({ failure: { code: 'not-permitted' } });
  void relay.peer.request(SECOND, { name: 'createAnswer' });
  expect(requested.at(-1)).toBe('window call second leg 3 createAnswer');
  expect(facts).toEqual(['call owned']);
});

it('a window that goes takes the media of every leg with it, once', async () => {
  const { relay, facts, listen } = setUp();
  listen(FIRST);
  listen(SECOND);
  relay.claim(CALL, WINDOW);
  const asked = relay.peer.request(SECOND, { name: 'createAnswer' });
  relay.clientGone(WINDOW);
  relay.clientGone(WINDOW);
  expect(await asked).toMatchObject({ ok: false, failure: 'no-media-owner' });
  expect(facts).toEqual(['call owned', 'call free', 'first leg gone', 'second leg gone']);
});

it('a call that is over has no owner, and a leg of no call none to wait for', async () => {
  const { relay, facts } = setUp();
  relay.claim(CALL, WINDOW);
  relay.callEnded(CALL);
  relay.clientGone(WINDOW);
  expect(facts).toEqual(['call owned']);
  expect(await relay.peer.claimed('stray' as LegId)).toBe(false);
});
