import { expect, test } from 'vitest';
import { agreesOnVideo, hasVideo } from '../../../../../main/sip/sessions/session-description.ts';
import { describe as sdp } from '../../../../support/fake-media-peer.ts';

test.each([
  [sdp(1, ['sendrecv']), false],
  [sdp(1, ['sendrecv', 'sendrecv']), true],
  [sdp(1, ['sendrecv', 'recvonly']), true],
  [sdp(1, ['sendrecv', 'inactive']), false],
  [sdp(1, ['sendrecv', 'rejected']), false],
  [null, false],
])('video in %j: %s', (text, expected) => {
  expect(hasVideo(text)).toBe(expected);
});

test('both must want it', () => {
  expect(agreesOnVideo(sdp(1, ['sendrecv', 'sendrecv']), sdp(1, ['sendrecv', 'rejected']))).toBe(false);
});
