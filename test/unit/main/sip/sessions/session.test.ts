import { expect, it } from 'vitest';
import type { LegId } from '../../../../../common/model/ids.ts';
import type { Failure } from '../../../../../common/model/failure.ts';
import type { SessionEvents } from '../../../../../main/ports/sip-stack.ts';
import { SipSession } from '../../../../../main/sip/sessions/session.ts';
import { createFakeClock } from '../../../../support/fake-clock.ts';
import { FakeMediaPeer } from '../../../../support/fake-media-peer.ts';
import { createFakeRandom } from '../../../../support/fake-random.ts';
import { createKeptLogger } from '../../../../support/kept-logger.ts';

it('a call that breaks while it is made ends once, and lets go of its media', async () => {
  const ended: (Failure | null)[] = [];
  const mediaPeer = new FakeMediaPeer();
  let over = 0;
  const session = new SipSession('l1' as LegId, { ended: (failure: Failure | null) => ended.push(failure) } as unknown as SessionEvents, {
    mediaPeer,
    gateway: null,
    mediaAddress: () => null,
    isSignallingSecure: false,
    clock: createFakeClock(),
    random: createFakeRandom(),
    logger: createKeptLogger(),
    gatheringMs: 10,
    iceServers: [],
    dtmf: 'rfc4733',
    over: () => (over += 1),
  });
  await session.place(
    false,
    ['browser'],
    () => {
      throw new Error('a mistake on the way');
    },
    () => undefined,
  );
  expect(ended).toEqual([{ code: 'internal', detail: 'a mistake on the way' }]);
  expect([over, mediaPeer.released]).toEqual([1, ['l1']]);
});
