/**
 *   near                         far
 *    | open                       | open
 *    | createOffer, setLocal      |
 *    |------------ offer -------->| setRemote, createAnswer, setLocal
 *    |<----------- answer --------|
 *    | setRemote                  |
 *    |<===== sound, pictures ====>|
 */
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import type { MediaEventName, MediaOperation, MediaResult, PeerState } from '../../common/model/media.ts';
import type { CallId, ClientId, LegId } from '../../common/model/ids.ts';
import { HostConnection } from '../../renderer/bridge/host-connection.svelte.ts';
import { LegMedia } from '../../renderer/media/leg-media.svelte.ts';
import { CallOwner } from '../../renderer/media/call-owner.svelte.ts';
import { judge, readStatistics } from '../../renderer/media/statistics.ts';
import { FakeHost } from '../support/fake-host.ts';

const devices = { microphoneId: null, cameraId: null, speakerId: null };

interface Side {
  readonly media: LegMedia;
  readonly events: { name: MediaEventName; state: PeerState }[];
  readonly answered: number[];
  ask(operation: MediaOperation): Promise<MediaResult>;
  state(): PeerState | undefined;
}

function side(): Side {
  let next = 0;
  const waiting = new Map<number, (result: MediaResult) => void>();
  const events: Side['events'] = [];
  const answered: number[] = [];
  const media = new LegMedia(
    {
      answer(request, result) {
        answered.push(request);
        waiting.get(request)?.(result);
      },
      notify(name, state) {
        events.push({ name, state });
      },
    },
    devices,
  );
  onTestFinished(() => media.close());
  return {
    media,
    events,
    answered,
    ask: (operation) =>
      new Promise((resolve) => {
        const request = ++next;
        waiting.set(request, resolve);
        media.request(request, operation);
      }),
    state: () => events.at(-1)?.state,
  };
}

function made(result: MediaResult) {
  if (!result.ok || !result.description) throw new Error(`no description: ${JSON.stringify(result)}`);
  return result.description;
}

async function gathered(of: Side) {
  await expect.poll(() => of.state()?.iceGatheringState).toBe('complete');
  return of.state()!.localDescription!;
}

async function connect(near: Side, far: Side, video: boolean): Promise<void> {
  expect(await near.ask({ name: 'open', video, iceServers: [] })).toMatchObject({ ok: true, description: null });
  expect(await far.ask({ name: 'open', video, iceServers: [] })).toMatchObject({ ok: true });
  await near.ask({ name: 'setLocalDescription', description: made(await near.ask({ name: 'createOffer', iceRestart: false })) });
  await far.ask({ name: 'setRemoteDescription', description: await gathered(near) });
  await far.ask({ name: 'setLocalDescription', description: made(await far.ask({ name: 'createAnswer' })) });
  await near.ask({ name: 'setRemoteDescription', description: await gathered(far) });
  await expect.poll(() => near.state()?.connectionState, { timeout: 10_000 }).toBe('connected');
  await expect.poll(() => far.state()?.connectionState, { timeout: 10_000 }).toBe('connected');
}

afterEach(() => vi.restoreAllMocks());

test('sound goes both ways between two ends driven by operations', async () => {
  const near = side();
  const far = side();
  await connect(near, far, false);
  for (const end of [near, far]) {
    await expect.poll(async () => (await end.media.statistics()).totalAudioEnergy, { timeout: 10_000 }).toBeGreaterThan(0);
    expect(end.events.some((event) => event.name === 'track')).toBe(true);
  }
  const result = await near.ask({ name: 'insertDtmf', tones: '12', durationMs: 100, gapMs: 70 });
  expect(result).toMatchObject({ ok: true, state: { signalingState: 'stable' } });
});

test('pictures are decoded, and our own are shown until the camera is off', async () => {
  const near = side();
  const far = side();
  await connect(near, far, true);
  await expect.poll(async () => (await far.media.statistics()).framesDecoded, { timeout: 15_000 }).toBeGreaterThan(0);
  await expect.poll(() => far.media.remoteView).not.toBeNull();
  expect(near.media.selfView).not.toBeNull();
  await near.ask({ name: 'setTrackEnabled', kind: 'video', enabled: false });
  expect(near.media.selfView).toBeNull();
});

test('operations are answered strictly in the order asked, each with the state', async () => {
  const near = side();
  const results = await Promise.all([
    near.ask({ name: 'open', video: false, iceServers: [] }),
    near.ask({ name: 'setTrackEnabled', kind: 'audio', enabled: false }),
    near.ask({ name: 'createOffer', iceRestart: false }),
    near.ask({ name: 'close' }),
    near.ask({ name: 'createAnswer' }),
  ]);
  expect(near.answered).toEqual([1, 2, 3, 4, 5]);
  expect(results.map((result) => result.ok)).toEqual([true, true, true, true, false]);
  expect(results[3]).toMatchObject({ state: { signalingState: 'closed' } });
});

test('a description that does not fit is answered as failed, with the state', async () => {
  const near = side();
  await near.ask({ name: 'open', video: false, iceServers: [] });
  const result = await near.ask({ name: 'setRemoteDescription', description: { type: 'answer', sdp: 'v=0' } });
  expect(result).toMatchObject({ ok: false, failure: 'media-failed', state: { signalingState: 'stable' } });
});

test('nothing is told after close, and the microphone is let go', async () => {
  const near = side();
  const far = side();
  const opened = vi.spyOn(navigator.mediaDevices, 'getUserMedia');
  await connect(near, far, false);
  const streams = await Promise.all(opened.mock.results.map((result) => result.value as Promise<MediaStream>));
  await near.ask({ name: 'close' });
  const told = near.events.length;
  await far.ask({ name: 'close' });
  expect(near.events.length).toBe(told);
  expect(streams.flatMap((stream) => stream.getTracks().map((track) => track.readyState))).toEqual(['ended', 'ended']);
});

test.each([
  ['NotAllowedError', 'microphone-denied'],
  ['NotFoundError', 'no-microphone'],
] as const)('a microphone that fails with %s is told as %s', async (name, failure) => {
  vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockRejectedValue(new DOMException('no', name));
  expect(await side().ask({ name: 'open', video: false, iceServers: [] })).toMatchObject({ ok: false, failure, state: null });
});

test('without a camera a video call goes on with sound', async () => {
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockImplementation((wanted) =>
    wanted?.video ? Promise.reject(new DOMException('no', 'NotFoundError')) : real(wanted),
  );
  const near = side();
  expect(await near.ask({ name: 'open', video: true, iceServers: [] })).toMatchObject({ ok: true });
  expect(near.media.cameraProblem).toBe('no-camera');
  expect(made(await near.ask({ name: 'createOffer', iceRestart: false })).sdp).toContain('m=video');
});

test('a window that claims a call carries out what the host asks and answers it', async () => {
  const host = new FakeHost();
  const callId = 'c1' as CallId;
  const connection = new HostConnection(host.carrier('call'));
  const owner = new CallOwner(callId, devices);
  onTestFinished(() => {
    owner.stop();
    connection.stop();
  });
  owner.start(connection);
  connection.start();
  await expect.poll(() => owner.claimed).toBe(true);
  host.publish(
    'media.requested',
    { callId, legId: 'l1' as LegId, request: 1, operation: { name: 'open', video: false, iceServers: [] } },
    'client-1' as ClientId,
  );
  await expect.poll(() => host.mediaAnswers).toMatchObject([{ legId: 'l1', request: 1, result: { ok: true } }]);

  host.dropConnections();
  await expect.poll(() => owner.refusal?.code).toBe('disconnected');
});

test('a call that another window has is not taken', async () => {
  const host = new FakeHost();
  host.failing.set('media.claim', { code: 'conflict' });
  const connection = new HostConnection(host.carrier('call'));
  const owner = new CallOwner('c1' as CallId, devices);
  onTestFinished(() => connection.stop());
  owner.start(connection);
  connection.start();
  await expect.poll(() => owner.refusal?.code).toBe('conflict');
  expect(owner.claimed).toBe(false);
});

test('the verdict follows what arrived since the last look', () => {
  const zero = readStatistics(null);
  const after = (change: Partial<typeof zero>) =>
    judge(zero, { ...zero, audioPacketsReceived: 100, audioPacketsSent: 100, ...change }).verdict;
  expect(judge(null, zero).verdict).toBe('waiting');
  expect(after({})).toBe('good');
  expect(after({ audioPacketsLost: 4 })).toBe('fair');
  expect(after({ audioPacketsLost: 30 })).toBe('poor');
  expect(after({ jitterMs: 120 })).toBe('poor');
  expect(after({ audioPacketsReceived: 0 })).toBe('no-audio');
  expect(after({ audioPacketsSent: 0 })).toBe('no-sending');
});
