/** What can be seen of the amendments without a conversation; the rest is seen in test/protocol. */
import RTCSession from 'jssip/lib/RTCSession.js';
import Constants from 'jssip/lib/Constants.js';
import Subscriber from 'jssip/lib/Subscriber.js';
import Utils from 'jssip/lib/Utils.js';
import { expect, test } from 'vitest';
import { amendJsSip } from '../../../../../main/sip/amendments/all.ts';
import { heldAnswer } from '../../../../../main/sip/amendments/hold-answers.ts';
import { headerOf } from '../../../../../main/sip/wire/headers.ts';
import { ScriptedServer } from '../../../../support/scripted-server.ts';
import { openSide } from '../../../../support/sip-side.ts';

test('they are made once, however many stacks there are', () => {
  amendJsSip();
  // eslint-disable-next-line @typescript-eslint/unbound-method -- compared, not called
  const before = [RTCSession.prototype.terminate, RTCSession.prototype._receiveInviteResponse, Subscriber.prototype._scheduleSubscribe];
  amendJsSip();
  // eslint-disable-next-line @typescript-eslint/unbound-method -- compared, not called
  expect([RTCSession.prototype.terminate, RTCSession.prototype._receiveInviteResponse, Subscriber.prototype._scheduleSubscribe]).toEqual(
    before,
  );
});

test('the WebRTC names are there before any INVITE can arrive', () => {
  const names = globalThis as Record<string, unknown>;
  expect(names['RTCPeerConnection']).toBeTypeOf('function');
  expect((names['window'] as Record<string, unknown>)['RTCPeerConnection']).toBe(names['RTCPeerConnection']);
  expect(names['RTCSessionDescription']).toBeTypeOf('function');
});

test('tags and tokens do not come from Math.random and do not repeat', () => {
  const random = Math.random;
  Math.random = () => 0;
  try {
    expect(new Set(Array.from({ length: 1_000 }, () => Utils.newTag())).size).toBe(1_000);
    expect(Utils.createRandomToken(12)).toHaveLength(12);
  } finally {
    Math.random = random;
  }
});

test('a branch has 128 bits behind the magic cookie, and the answer finds its transaction', async () => {
  const server = new ScriptedServer();
  const alice = openSide({ openSocket: server.openSocket });
  await alice.register();
  expect(headerOf((await server.request('REGISTER')).message, 'via')).toMatch(/;branch=z9hG4bK[0-9a-f]{32}$/);
});

test('an answer while we hold takes nothing', () => {
  expect(heldAnswer('a=sendrecv\r\na=recvonly\r\na=sendonly\r\na=inactive\r\n')).toBe(
    'a=sendonly\r\na=inactive\r\na=sendonly\r\na=inactive\r\n',
  );
});

test('transfer is neither allowed nor advertised', async () => {
  expect(Constants.ALLOWED_METHODS).not.toContain('REFER');
  const server = new ScriptedServer();
  const alice = openSide({ openSocket: server.openSocket });
  await alice.register();
  alice.call('sip:bob@sip.test');
  expect(headerOf((await server.request('INVITE')).message, 'supported')).toBe('ice,outbound');
});

test('a subscription of a few seconds, or of a century, is not refreshed without pause', () => {
  const scheduled: number[] = [];
  const original = globalThis.setTimeout;
  globalThis.setTimeout = ((_: unknown, ms: number) => {
    scheduled.push(ms);
    return 0;
  }) as never;
  try {
    const subscriber = Object.create(Subscriber.prototype) as Subscriber;
    for (const seconds of [1, 4, 10, 60, 600, 4_294_967_295]) subscriber._scheduleSubscribe(seconds);
  } finally {
    globalThis.setTimeout = original;
  }
  expect(scheduled).toHaveLength(6);
  for (const ms of scheduled) {
    expect(ms).toBeGreaterThanOrEqual(1_000);
    expect(ms).toBeLessThan(2 ** 31);
  }
});
