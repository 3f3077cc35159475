/** The names of WebRTC that JsSIP asks for on any INVITE that arrives, in a process that has no WebRTC. */
import { expect, test } from 'vitest';
import { amendJsSip } from '../../../main/sip/amendments/all.ts';

test('the WebRTC names are there before any INVITE can arrive', () => {
  amendJsSip();
  const names = globalThis as Record<string, unknown>;
  expect(names['RTCPeerConnection']).toBeTypeOf('function');
  expect((names['window'] as Record<string, unknown>)['RTCPeerConnection']).toBe(names['RTCPeerConnection']);
  expect(names['RTCSessionDescription']).toBeTypeOf('function');
});
