/**
 * The media of one leg of a call: carries out the operations the core asks for, strictly in order, on one real peer
 * connection, and reports its events. What JsSIP would do in a page happens here; what it decides stays with the core.
 */
import { assertNever } from '../../common/model/assert-never.ts';
import type { MediaEventName, MediaOperation, MediaResult, PeerState, SessionDescription } from '../../common/model/media.ts';
import { capture, describe, openCamera, openMicrophone, type CameraProblem, type ChosenDevices } from './capture.ts';
import { description, peerState } from './peer-state.ts';
import { readStatistics, type CallStatistics } from './statistics.ts';

/** Where results and events of the peer connection go. */
export interface MediaListener {
  answer(request: number, result: MediaResult): void;
  notify(event: MediaEventName, state: PeerState, hasCandidate: boolean): void;
}

const STATE_EVENTS = ['iceconnectionstatechange', 'connectionstatechange', 'icegatheringstatechange', 'signalingstatechange'] as const;

export class LegMedia {
  /** Our own picture, and theirs; null while there is none. */
  selfView = $state.raw<MediaStream | null>(null);
  remoteView = $state.raw<MediaStream | null>(null);
  cameraProblem = $state<CameraProblem | null>(null);

  readonly #listener: MediaListener;
  readonly #enabled = { audio: true, video: true };
  readonly #sound = document.createElement('audio');
  #devices: ChosenDevices;
  #peer: RTCPeerConnection | null = null;
  #local: MediaStream | null = null;
  #queue: Promise<void> = Promise.resolve();
  #wantsVideo = false;

  constructor(listener: MediaListener, devices: ChosenDevices) {
    this.#listener = listener;
    this.#devices = devices;
    this.#sound.autoplay = true;
  }

  /** Queues one operation behind those asked before. */
  request(request: number, operation: MediaOperation): void {
    this.#queue = this.#queue.then(async () => {
      this.#listener.answer(request, await this.#carryOut(operation));
    });
  }

  /** Follows the user's choice of devices, also in the middle of a call. */
  async useDevices(devices: ChosenDevices): Promise<void> {
    const before = this.#devices;
    this.#devices = devices;
    if (devices.speakerId !== before.speakerId) await this.#playOn(devices.speakerId);
    if (!this.#peer) return;
    if (devices.microphoneId !== before.microphoneId) await this.#reopen('audio');
    if (devices.cameraId !== before.cameraId) await this.#reopen('video');
  }

  async statistics(): Promise<CallStatistics> {
    return readStatistics(this.#peer ? await this.#peer.getStats() : null);
  }

  /** Ends everything at once, because the window closes. */
  close(): void {
    const peer = this.#peer;
    this.#peer = null;
    peer?.close();
    for (const track of this.#local?.getTracks() ?? []) track.stop();
    this.#local = null;
    this.#sound.srcObject = null;
    this.#sound.remove();
    this.selfView = null;
    this.remoteView = null;
  }

  async #carryOut(operation: MediaOperation): Promise<MediaResult> {
    if (operation.name === 'open') return this.#open(operation);
    const peer = this.#peer;
    if (!peer) return { ok: false, failure: 'media-failed', detail: `${operation.name} without a peer connection`, state: null };
    try {
      const made = await this.#do(peer, operation);
      return { ok: true, description: made, state: peerState(peer) };
    } catch (error) {
      return { ok: false, failure: 'media-failed', detail: `${operation.name}: ${describe(error)}`.slice(0, 1000), state: peerState(peer) };
    }
  }

  async #do(peer: RTCPeerConnection, operation: Exclude<MediaOperation, { name: 'open' }>): Promise<SessionDescription | null> {
    switch (operation.name) {
      case 'createOffer':
        return description(await peer.createOffer(this.#offerOptions(operation.iceRestart)));
      case 'createAnswer':
        return description(await peer.createAnswer());
      case 'setLocalDescription':
        await peer.setLocalDescription(operation.description);
        return null;
      case 'setRemoteDescription':
        await peer.setRemoteDescription(operation.description);
        return null;
      case 'setTrackEnabled':
        this.#enabled[operation.kind] = operation.enabled;
        this.#applyEnabled();
        return null;
      case 'setCamera':
        await this.#setCamera(peer, operation.on);
        return null;
      case 'insertDtmf':
        insertDtmf(peer, operation.tones, operation.durationMs, operation.gapMs);
        return null;
      case 'close':
        this.close();
        return null;
      default:
        return assertNever(operation);
    }
  }

  async #open(operation: Extract<MediaOperation, { name: 'open' }>): Promise<MediaResult> {
    if (this.#peer) this.close();
    this.#wantsVideo = operation.video;
    const captured = await capture(operation.video, this.#devices);
    if (!captured.ok) return { ok: false, failure: captured.failure, detail: captured.detail, state: null };
    try {
      const peer = new RTCPeerConnection({ iceServers: operation.iceServers.map(iceServer) });
      this.#peer = peer;
      this.#local = captured.stream;
      this.cameraProblem = captured.cameraProblem;
      this.#listenTo(peer);
      for (const track of captured.stream.getTracks()) {
        peer.addTrack(track, captured.stream);
        this.#watch(track);
      }
      this.#applyEnabled();
      this.#showSelf();
      document.body.append(this.#sound);
      await this.#playOn(this.#devices.speakerId);
      return { ok: true, description: null, state: peerState(peer) };
    } catch (error) {
      for (const track of captured.stream.getTracks()) track.stop();
      this.close();
      return { ok: false, failure: 'media-failed', detail: describe(error), state: null };
    }
  }

  #listenTo(peer: RTCPeerConnection): void {
    const notify = (event: MediaEventName, hasCandidate = false): void => {
      // A closed connection has no events any more.
      if (this.#peer === peer) this.#listener.notify(event, peerState(peer), hasCandidate);
    };
    for (const name of STATE_EVENTS) {
      peer.addEventListener(name, () => {
        notify(name);
      });
    }
    peer.addEventListener('icecandidate', (event) => {
      notify('icecandidate', event.candidate !== null);
    });
    peer.addEventListener('track', (event) => {
      if (this.#peer !== peer) return;
      this.#receive(event.track);
      notify('track');
    });
  }

  #receive(track: MediaStreamTrack): void {
    if (track.kind === 'audio') {
      this.#sound.srcObject = new MediaStream([track]);
      return;
    }
    const view = new MediaStream([track]);
    const show = (): void => {
      this.remoteView = view;
    };
    track.addEventListener('unmute', show);
    // A held or refused picture stays a black square otherwise.
    track.addEventListener('mute', () => {
      if (this.remoteView === view) this.remoteView = null;
    });
    if (!track.muted) show();
  }

  #applyEnabled(): void {
    for (const track of this.#local?.getTracks() ?? []) track.enabled = track.kind === 'audio' ? this.#enabled.audio : this.#enabled.video;
    this.#showSelf();
  }

  #showSelf(): void {
    const pictures = this.#local?.getVideoTracks() ?? [];
    this.selfView = pictures.length > 0 && this.#enabled.video ? new MediaStream(pictures) : null;
  }

  /** A device that is unplugged ends its track: then the system's default takes over. */
  #watch(track: MediaStreamTrack): void {
    track.addEventListener('ended', () => {
      if (this.#local?.getTracks().includes(track)) void this.#reopen(track.kind === 'audio' ? 'audio' : 'video');
    });
  }

  async #reopen(kind: 'audio' | 'video'): Promise<void> {
    const peer = this.#peer;
    const sender = peer?.getSenders().find((each) => each.track?.kind === kind);
    if (!peer || !sender) return;
    let opened: MediaStream;
    try {
      opened = await (kind === 'audio' ? openMicrophone(this.#devices.microphoneId) : openCamera(this.#devices.cameraId));
    } catch {
      return; // the present device stays
    }
    const track = opened.getTracks()[0];
    if (!track || this.#peer !== peer || !this.#local) {
      for (const each of opened.getTracks()) each.stop();
      return;
    }
    const old = sender.track;
    await sender.replaceTrack(track);
    this.#local = new MediaStream([...this.#local.getTracks().filter((each) => each !== old), track]);
    old?.stop();
    this.#watch(track);
    this.#applyEnabled();
  }

  /** The camera joins or leaves a call: a picture that is off is not sent, and the camera's light goes out. */
  async #setCamera(peer: RTCPeerConnection, on: boolean): Promise<void> {
    const transceiver = peer.getTransceivers().find((each) => each.currentDirection !== 'stopped' && each.receiver.track.kind === 'video');
    for (const track of this.#local?.getVideoTracks() ?? []) {
      this.#local?.removeTrack(track);
      track.stop();
    }
    if (!on) {
      await transceiver?.sender.replaceTrack(null);
      if (transceiver) transceiver.direction = 'recvonly';
      this.#showSelf();
      return;
    }
    const [track] = (await openCamera(this.#devices.cameraId)).getTracks();
    if (!track || this.#peer !== peer || !this.#local) {
      track?.stop();
      throw new Error('the camera gave no picture');
    }
    this.#local.addTrack(track);
    this.#watch(track);
    this.#enabled.video = true;
    this.cameraProblem = null;
    if (transceiver) {
      await transceiver.sender.replaceTrack(track);
      transceiver.direction = 'sendrecv';
    } else peer.addTrack(track, this.#local);
    this.#applyEnabled();
  }

  async #playOn(speakerId: string | null): Promise<void> {
    try {
      await this.#sound.setSinkId(speakerId ?? '');
    } catch {
      // The chosen speaker is gone: the system's default plays.
    }
  }

  /** Without a camera of our own their picture is still welcome. */
  #offerOptions(iceRestart: boolean): RTCOfferOptions {
    return { iceRestart, ...(this.#wantsVideo && this.cameraProblem !== null ? { offerToReceiveVideo: true } : {}) };
  }
}

function iceServer(server: { urls: string; username?: string | undefined; credential?: string | undefined }): RTCIceServer {
  return {
    urls: server.urls,
    ...(server.username === undefined ? {} : { username: server.username }),
    ...(server.credential === undefined ? {} : { credential: server.credential }),
  };
}

function insertDtmf(peer: RTCPeerConnection, tones: string, durationMs: number, gapMs: number): void {
  const sender = peer.getSenders().find((each) => each.track?.kind === 'audio')?.dtmf;
  if (!sender) throw new Error('the sound does not carry tones');
  // A second insertion replaces what is left of the first: both are played.
  sender.insertDTMF(sender.toneBuffer + tones, durationMs, gapMs);
}
