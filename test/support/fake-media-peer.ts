/** A media engine without media: it keeps the states of a peer connection and makes descriptions that look right. */
import type { LegId } from '../../common/model/ids.ts';
import type { MediaOperation, MediaResult, PeerState, SessionDescription } from '../../common/model/media.ts';
import type { MediaPeer, MediaPeerEvents } from '../../main/ports/media-peer.ts';
import { Recorder } from './recorder.ts';

interface Engine {
  events: MediaPeerEvents | null;
  state: PeerState;
  video: boolean;
  sendsVideo: boolean;
  version: number;
  gone: boolean;
}

const NEW: PeerState = {
  signalingState: 'stable',
  iceGatheringState: 'new',
  iceConnectionState: 'new',
  connectionState: 'new',
  localDescription: null,
  remoteDescription: null,
};

export interface FakeMediaOptions {
  /** Whether a window takes the media. */
  claims?: boolean;
  openFails?: 'microphone-denied' | 'no-microphone' | 'camera-denied' | 'no-camera';
  cameraFails?: boolean;
  /** Offers of pictures are answered without any. */
  refusesVideo?: boolean;
  /** Gathering never ends by itself. */
  gathersForEver?: boolean;
  /** Descriptions as large as a browser's: over UDP they take the detour by TCP. */
  large?: boolean;
}

export class FakeMediaPeer implements MediaPeer {
  readonly operations = new Recorder<{ legId: LegId; operation: MediaOperation }>();
  readonly released: LegId[] = [];
  options: FakeMediaOptions = {};
  private readonly engines = new Map<LegId, Engine>();

  claimed(): Promise<boolean> {
    return Promise.resolve(this.options.claims ?? true);
  }

  listen(legId: LegId, events: MediaPeerEvents): void {
    this.engineOf(legId).events = events;
  }

  request(legId: LegId, operation: MediaOperation): Promise<MediaResult> {
    this.operations.add({ legId, operation });
    const engine = this.engineOf(legId);
    if (engine.gone) return Promise.resolve({ ok: false, failure: 'no-media-owner', detail: '', state: null });
    if (operation.name === 'open' && this.options.openFails)
      return Promise.resolve({ ok: false, failure: this.options.openFails, detail: '', state: null });
    try {
      return Promise.resolve({ ok: true, description: this.carryOut(engine, operation), state: engine.state });
    } catch (error) {
      return Promise.resolve({ ok: false, failure: 'media-failed', detail: String(error), state: engine.state });
    }
  }

  release(legId: LegId): void {
    this.released.push(legId);
    this.engines.delete(legId);
  }

  /** The window is closed. */
  dropOwner(legId: LegId): void {
    const engine = this.engineOf(legId);
    engine.gone = true;
    engine.events?.gone();
  }

  /** ICE and DTLS came to this state. */
  connect(legId: LegId, iceConnectionState: PeerState['iceConnectionState']): void {
    const engine = this.engineOf(legId);
    engine.state = { ...engine.state, iceConnectionState };
    engine.events?.event('iceconnectionstatechange', engine.state, false);
  }

  named(name: MediaOperation['name']): MediaOperation[] {
    return this.operations.all.map(({ operation }) => operation).filter((operation) => operation.name === name);
  }

  private describe(version: number, directions: readonly string[]): string {
    const padding = this.options.large === true ? 'a=x-padding:0123456789012345678901234567890123456789\r\n'.repeat(40) : '';
    return describe(version, directions) + padding;
  }

  private engineOf(legId: LegId): Engine {
    let engine = this.engines.get(legId);
    if (!engine) {
      engine = { events: null, state: NEW, video: false, sendsVideo: false, version: 0, gone: false };
      this.engines.set(legId, engine);
    }
    return engine;
  }

  private carryOut(engine: Engine, operation: MediaOperation): SessionDescription | null {
    const { state } = engine;
    const change = (changes: Partial<PeerState>): void => {
      engine.state = { ...engine.state, ...changes };
    };
    switch (operation.name) {
      case 'open':
        engine.video = operation.video;
        engine.sendsVideo = operation.video;
        return null;
      case 'setCamera':
        if (operation.on && this.options.cameraFails) throw new Error('no camera');
        engine.sendsVideo = operation.on;
        if (operation.on) engine.video = true;
        return null;
      case 'createOffer':
        return {
          type: 'offer',
          sdp: this.describe(
            (engine.version += 1),
            engine.video ? ['sendrecv', engine.sendsVideo ? 'sendrecv' : 'recvonly'] : ['sendrecv'],
          ),
        };
      case 'createAnswer': {
        if (state.signalingState !== 'have-remote-offer') throw new Error(`createAnswer in ${state.signalingState}`);
        const offered = [...(state.remoteDescription?.sdp ?? '').matchAll(/^a=(sendrecv|sendonly|recvonly|inactive)\r?$/gm)].map(
          ([, direction]) => direction,
        );
        const mirror: Record<string, string> = { sendrecv: 'sendrecv', sendonly: 'recvonly', recvonly: 'sendonly', inactive: 'inactive' };
        // As a browser without a camera does: their picture is taken, none is sent.
        const own = (direction: string): string => (engine.sendsVideo ? direction : direction === 'sendrecv' ? 'recvonly' : direction);
        const directions = offered.map((direction, index) => {
          const mirrored = mirror[direction ?? ''] ?? 'sendrecv';
          if (index !== 1) return mirrored;
          return this.options.refusesVideo ? 'rejected' : own(mirrored);
        });
        if (offered.length > 1 && !this.options.refusesVideo) engine.video = true;
        return { type: 'answer', sdp: this.describe((engine.version += 1), directions) };
      }
      case 'setLocalDescription': {
        if (operation.description.type === 'rollback') {
          change({ signalingState: 'stable' });
          return null;
        }
        const isOffer = operation.description.type === 'offer';
        const wanted = isOffer ? ['stable', 'have-local-offer'] : ['have-remote-offer'];
        if (!wanted.includes(state.signalingState))
          throw new Error(`setLocalDescription ${operation.description.type} in ${state.signalingState}`);
        change({
          localDescription: operation.description,
          signalingState: isOffer ? 'have-local-offer' : 'stable',
          iceGatheringState: this.options.gathersForEver ? 'gathering' : 'complete',
        });
        return null;
      }
      case 'setRemoteDescription': {
        const isOffer = operation.description.type === 'offer';
        if (isOffer ? state.signalingState !== 'stable' : state.signalingState !== 'have-local-offer') {
          throw new Error(`setRemoteDescription ${operation.description.type} in ${state.signalingState}`);
        }
        change({ remoteDescription: operation.description, signalingState: isOffer ? 'have-remote-offer' : 'stable' });
        return null;
      }
      default:
        return null;
    }
  }
}

/** A session description with one section a direction: audio, then video; `rejected` has port zero. */
export function describe(version: number, directions: readonly string[]): string {
  const sections = directions.map((direction, index) => {
    const kind = index === 0 ? 'audio' : 'video';
    return `m=${kind} ${direction === 'rejected' ? 0 : 9} UDP/TLS/RTP/SAVPF ${index === 0 ? 111 : 96}\r\nc=IN IP4 127.0.0.1\r\na=${direction === 'rejected' ? 'inactive' : direction}\r\n`;
  });
  return `v=0\r\no=- 1 ${version} IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=ice-ufrag:fake\r\n${sections.join('')}`;
}
