/** The amendments as a whole; what each does is shown in test/protocol/amendments. */
import RTCSession from 'jssip/lib/RTCSession.js';
import Subscriber from 'jssip/lib/Subscriber.js';
import { expect, test } from 'vitest';
import { amendJsSip } from '../../../../../main/sip/amendments/all.ts';

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
