/**
 * The RTCPeerConnection that JsSIP believes it has. It keeps the state that the owner's real one reported last and
 * forwards the few calls JsSIP makes. The leg's media travels in its configuration: JsSIP copies that shallowly and
 * hands it to the constructor.
 */
import type { MediaEventName, MediaOperation } from '../../../common/model/media.ts';
import type { Clock } from '../../ports/clock.ts';
import type { SessionMedia } from './session-media.ts';

export interface StubConfiguration {
  readonly media: SessionMedia;
  readonly clock: Clock;
  /** ICE candidates that are not there by then do not go into the description. */
  readonly gatheringMs: number;
}

interface Description {
  readonly type: 'offer' | 'answer' | 'pranswer' | 'rollback';
  readonly sdp: string;
}

interface StubEvent {
  readonly type: MediaEventName;
  readonly candidate: { readonly candidate: string } | null;
}

type Listener = (event: StubEvent) => void;

/** A local track: JsSIP switches it on and off for hold and mute. */
class StubTrack {
  readonly kind: 'audio' | 'video';
  readonly readyState = 'live';
  private readonly media: SessionMedia;
  private isEnabled = true;

  constructor(kind: 'audio' | 'video', media: SessionMedia) {
    this.kind = kind;
    this.media = media;
  }

  get enabled(): boolean {
    return this.isEnabled;
  }

  set enabled(enabled: boolean) {
    if (enabled === this.isEnabled) return;
    this.isEnabled = enabled;
    void this.media.request({ name: 'setTrackEnabled', kind: this.kind, enabled });
  }

  stop(): void {
    // The owner stops its tracks when the call is released.
  }
}

/** A camera that joins a call later. */
export function cameraTrack(media: SessionMedia): StubTrack {
  return new StubTrack('video', media);
}

/** The local stream: microphone, and camera where there is video. Always handed to JsSIP, so it never asks for media itself. */
export class StubStream {
  private tracks: StubTrack[];

  constructor(media: SessionMedia, video: boolean) {
    this.tracks = [new StubTrack('audio', media), ...(video ? [new StubTrack('video', media)] : [])];
  }

  getTracks(): StubTrack[] {
    return [...this.tracks];
  }

  getAudioTracks(): StubTrack[] {
    return this.tracks.filter((track) => track.kind === 'audio');
  }

  getVideoTracks(): StubTrack[] {
    return this.tracks.filter((track) => track.kind === 'video');
  }

  removeTrack(track: StubTrack): void {
    this.tracks = this.tracks.filter((candidate) => candidate !== track);
  }
}

interface StubSender {
  readonly track: StubTrack;
  readonly dtmf: { readonly toneBuffer: string; insertDTMF(tones: string, durationMs: number, gapMs: number): void } | null;
}

export class StubPeerConnection {
  private readonly media: SessionMedia;
  private readonly clock: Clock;
  private readonly gatheringMs: number;
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly senders: StubSender[] = [];
  private isClosed = false;
  private isGatheringCapped = false;
  private hasFailed = false;
  private cancelCap: () => void = () => undefined;

  constructor(configuration: StubConfiguration) {
    this.media = configuration.media;
    this.clock = configuration.clock;
    this.gatheringMs = configuration.gatheringMs;
    this.media.onEvent = (name, hasCandidate) => {
      this.emit(name, hasCandidate);
    };
    if (this.media.isGone) queueMicrotask(() => this.fail());
  }

  get signalingState(): string {
    return this.isClosed ? 'closed' : this.media.state.signalingState;
  }

  get iceGatheringState(): string {
    return this.isGatheringCapped ? 'complete' : this.media.state.iceGatheringState;
  }

  get iceConnectionState(): string {
    if (this.isClosed) return 'closed';
    return this.hasFailed ? 'failed' : this.media.state.iceConnectionState;
  }

  get connectionState(): string {
    if (this.isClosed) return 'closed';
    return this.hasFailed ? 'failed' : this.media.state.connectionState;
  }

  get localDescription(): Description | null {
    return this.media.state.localDescription;
  }

  get remoteDescription(): Description | null {
    return this.media.state.remoteDescription;
  }

  addEventListener(type: string, listener: Listener): void {
    const listeners = this.listeners.get(type) ?? new Set<Listener>();
    this.listeners.set(type, listeners);
    listeners.add(listener);
  }

  removeEventListener(type: string, listener: Listener): void {
    this.listeners.get(type)?.delete(listener);
  }

  createOffer(options?: { iceRestart?: boolean } | null): Promise<Description> {
    return this.description({ name: 'createOffer', iceRestart: options?.iceRestart === true });
  }

  createAnswer(): Promise<Description> {
    return this.description({ name: 'createAnswer' });
  }

  async setLocalDescription(description: { type: Description['type']; sdp?: string }): Promise<void> {
    if (description.type !== 'rollback') this.startGathering();
    await this.ask({ name: 'setLocalDescription', description: { type: description.type, sdp: description.sdp ?? '' } });
  }

  async setRemoteDescription(description: { type: Description['type']; sdp: string }): Promise<void> {
    await this.ask({ name: 'setRemoteDescription', description: { type: description.type, sdp: description.sdp } });
  }

  /** The owner added its tracks when it opened; here they only get a sender. */
  addTrack(track: StubTrack): StubSender {
    const sender: StubSender = {
      track,
      dtmf:
        track.kind === 'audio'
          ? {
              toneBuffer: '',
              insertDTMF: (tones, durationMs, gapMs) => void this.media.request({ name: 'insertDtmf', tones, durationMs, gapMs }),
            }
          : null,
    };
    this.senders.push(sender);
    return sender;
  }

  getSenders(): StubSender[] {
    return this.senders;
  }

  /** Nothing is emitted afterwards: JsSIP would end what is over a second time. */
  close(): void {
    this.isClosed = true;
    this.cancelCap();
    this.listeners.clear();
  }

  /** The owner is gone: JsSIP learns it as a failure of ICE and says BYE. */
  fail(): void {
    if (this.isClosed || this.hasFailed) return;
    this.hasFailed = true;
    this.emit('iceconnectionstatechange', false);
  }

  private async description(operation: MediaOperation): Promise<Description> {
    const description = await this.ask(operation);
    if (!description) throw new Error(`${operation.name} made no description`);
    return description;
  }

  private async ask(operation: MediaOperation): Promise<Description | null> {
    if (this.isClosed) throw new Error('the peer connection is closed');
    const result = await this.media.request(operation);
    if (!result.ok) throw new Error(`${operation.name}: ${result.failure} ${result.detail}`);
    return result.description;
  }

  private startGathering(): void {
    this.isGatheringCapped = false;
    this.cancelCap();
    this.cancelCap = this.clock.after(this.gatheringMs, () => {
      if (this.isClosed) return;
      this.isGatheringCapped = true;
      // Nobody listens before the description is set, or when gathering ended in time.
      this.emit('icegatheringstatechange', false);
    });
  }

  private emit(type: MediaEventName, hasCandidate: boolean): void {
    if (this.isClosed) return;
    // The gathering state says that candidates have ended; a null candidate would say the same twice.
    if (type === 'icecandidate' && !hasCandidate && this.iceGatheringState !== 'complete') return;
    const event: StubEvent = { type, candidate: hasCandidate ? { candidate: '' } : null };
    for (const listener of [...(this.listeners.get(type) ?? [])]) listener(event);
  }
}
