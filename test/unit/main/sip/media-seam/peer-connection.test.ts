import { expect, test } from 'vitest';
import type { LegId } from '../../../../../common/model/ids.ts';
import { SessionMedia } from '../../../../../main/sip/media-seam/session-media.ts';
import { StubPeerConnection, StubStream } from '../../../../../main/sip/media-seam/peer-connection.ts';
import { createFakeClock } from '../../../../support/fake-clock.ts';
import { FakeMediaPeer } from '../../../../support/fake-media-peer.ts';

const LEG = 'leg-1' as LegId;
const turn = () => new Promise((resolve) => setImmediate(resolve));

function setUp() {
  const peer = new FakeMediaPeer();
  const media = new SessionMedia(LEG, peer);
  const clock = createFakeClock();
  const connection = new StubPeerConnection({ media, clock, gatheringMs: 700 });
  const events: string[] = [];
  for (const type of ['icegatheringstatechange', 'iceconnectionstatechange', 'icecandidate']) {
    connection.addEventListener(type, (event) =>
      events.push(`${event.type} ${connection.iceGatheringState} ${connection.iceConnectionState}`),
    );
  }
  return { peer, media, clock, connection, events };
}

test('the state of a result is there when its promise resolves, that of an event before it is told', async () => {
  const { peer, connection, events } = setUp();
  await connection.setLocalDescription(await connection.createOffer());
  expect([connection.signalingState, connection.iceGatheringState]).toEqual(['have-local-offer', 'complete']);
  peer.connect(LEG, 'checking');
  await turn();
  expect(events).toEqual(['iceconnectionstatechange complete checking']);
});

test('gathering counts as complete 700 ms after setLocalDescription, each time', async () => {
  const { peer, clock, connection, events } = setUp();
  peer.options = { gathersForEver: true };
  await connection.setLocalDescription(await connection.createOffer());
  clock.advance(699);
  expect([connection.iceGatheringState, events]).toEqual(['gathering', []]);
  clock.advance(1);
  expect(events).toEqual(['icegatheringstatechange complete new']);
  await connection.setLocalDescription(await connection.createOffer());
  expect(connection.iceGatheringState).toBe('gathering');
});

test('the owner goes away: ICE has failed, once; after close nothing is told', async () => {
  const { peer, media, connection, events } = setUp();
  media.onGone = () => connection.fail();
  peer.dropOwner(LEG);
  peer.dropOwner(LEG);
  expect(events).toEqual(['iceconnectionstatechange new failed']);
  connection.close();
  connection.fail();
  peer.connect(LEG, 'connected');
  await turn();
  expect(events).toHaveLength(1);
  await expect(connection.createOffer()).rejects.toThrow('closed');
});

test('tracks and tones become operations', () => {
  const { peer, media, connection } = setUp();
  const stream = new StubStream(media, true);
  const [audio, video] = stream.getTracks().map((track) => connection.addTrack(track));
  audio!.track.enabled = false;
  audio!.track.enabled = false;
  audio!.dtmf!.insertDTMF('1', 100, 70);
  expect(video!.dtmf).toBeNull();
  expect(peer.operations.all.map(({ operation }) => operation)).toEqual([
    { name: 'setTrackEnabled', kind: 'audio', enabled: false },
    { name: 'insertDtmf', tones: '1', durationMs: 100, gapMs: 70 },
  ]);
});
