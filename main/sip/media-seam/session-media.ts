/**
 * One leg's media as the signalling sees it: operations go to the window that owns it, in order, and what comes back
 * carries the state of the peer connection there, which is applied before anybody is notified.
 */
import type { Failure } from '../../../common/model/failure.ts';
import type { LegId } from '../../../common/model/ids.ts';
import type { MediaEventName, MediaOperation, MediaResult, PeerState, SessionDescription } from '../../../common/model/media.ts';
import type { GatewayLeg, RtpProfile } from '../../ports/media-gateway.ts';
import type { MediaPeer } from '../../ports/media-peer.ts';
import type { PeerIceServers } from './ice-servers.ts';
import { failureOfMedia, NO_MEDIA_OWNER } from '../failure-mapping.ts';

const NEW_PEER: PeerState = {
  signalingState: 'stable',
  iceGatheringState: 'new',
  iceConnectionState: 'new',
  connectionState: 'new',
  localDescription: null,
  remoteDescription: null,
};

export class SessionMedia {
  state: PeerState = NEW_PEER;
  /** No window owns the media any more. */
  isGone = false;
  /** The peer connection's listener: the state is applied already. */
  onEvent: (name: MediaEventName, hasCandidate: boolean) => void = () => undefined;
  /** Both descriptions are set: what was agreed may have changed. */
  onStable: () => void = () => undefined;
  /** The owner went away; at most once. */
  onGone: () => void = () => undefined;

  private readonly legId: LegId;
  private readonly mediaPeer: MediaPeer;
  private isReleased = false;
  private gateway: GatewayLeg | null = null;
  private profile: RtpProfile = 'RTP/AVP';
  /** What the far side has of us and we of it, where the gateway stands between; those of the page are others. */
  private outerLocal: PeerState['localDescription'] = null;
  private outerRemote: PeerState['remoteDescription'] = null;

  constructor(legId: LegId, mediaPeer: MediaPeer) {
    this.legId = legId;
    this.mediaPeer = mediaPeer;
    mediaPeer.listen(legId, {
      event: (name, state, hasCandidate) => {
        // A result that came just before is a promise and would be seen after this; let it run first.
        void Promise.resolve()
          .then(() => undefined)
          .then(() => {
            if (this.isReleased) return;
            this.state = this.outer(state);
            this.onEvent(name, hasCandidate);
          });
      },
      gone: () => {
        if (this.isReleased || this.isGone) return;
        this.isGone = true;
        this.onGone();
      },
    });
  }

  /** Waits for an owner and opens microphone and camera there. Null where that worked. */
  async open(video: boolean, iceServers: PeerIceServers): Promise<Failure | null> {
    if (!(await this.mediaPeer.claimed(this.legId))) return NO_MEDIA_OWNER;
    if (this.isReleased) return NO_MEDIA_OWNER;
    const result = await this.request({ name: 'open', video, iceServers: [...iceServers] });
    return result.ok ? null : failureOfMedia(result);
  }

  /** From now on the far side is no browser: descriptions go through the gateway. `profile`: what is offered to it. */
  useGateway(gateway: GatewayLeg, profile: RtpProfile): void {
    this.gateway = gateway;
    this.profile = profile;
  }

  /** The far side has the page's own descriptions. */
  useNoGateway(): void {
    this.gateway = null;
  }

  async request(operation: MediaOperation): Promise<MediaResult> {
    if (this.isReleased || this.isGone) return { ok: false, failure: 'no-media-owner', detail: '', state: null };
    try {
      const asked = this.rewritten(operation);
      // Asked at once where nothing has to be rewritten first: what is asked in one order is carried out in that order.
      const result = await this.mediaPeer.request(this.legId, asked instanceof Promise ? await asked : asked);
      if (result.ok && operation.name === 'setLocalDescription') await this.rememberLocal(operation.description, result.state);
      if (result.state === null) return result;
      this.state = this.outer(result.state);
      if (this.state.signalingState === 'stable') this.onStable();
      return { ...result, state: this.state };
    } catch (error) {
      // The gateway could not make or use a description.
      return { ok: false, failure: 'media-failed', detail: error instanceof Error ? error.message : String(error), state: null };
    }
  }

  /** The operation as the page takes it. */
  private rewritten(operation: MediaOperation): MediaOperation | Promise<MediaOperation> {
    if (this.gateway === null) return operation;
    // Between page and gateway is loopback, where a change of network leaves nothing to restart.
    if (operation.name === 'createOffer') return { name: 'createOffer', iceRestart: false };
    return operation.name === 'setRemoteDescription' ? this.inward(this.gateway, operation.description) : operation;
  }

  private async inward(gateway: GatewayLeg, given: SessionDescription): Promise<MediaOperation> {
    const { type, sdp } = given;
    if (type !== 'offer' && type !== 'answer') return { name: 'setRemoteDescription', description: given };
    const description = { type, sdp: await gateway.inward(sdp, type) };
    this.outerRemote = given;
    return { name: 'setRemoteDescription', description };
  }

  private async rememberLocal(set: SessionDescription, state: PeerState): Promise<void> {
    const local = state.localDescription;
    if (this.gateway === null || local === null || set.type === 'rollback') return;
    this.outerLocal = { type: local.type, sdp: await this.gateway.outward(local.sdp, local.type === 'offer' ? this.profile : null) };
  }

  /** The page's state as the far side sees it. The gateway needs no candidates of the page. */
  private outer(state: PeerState): PeerState {
    if (this.gateway === null) return state;
    return { ...state, iceGatheringState: 'complete', localDescription: this.outerLocal, remoteDescription: this.outerRemote };
  }

  /** The leg is over. */
  release(): void {
    if (this.isReleased) return;
    this.isReleased = true;
    this.mediaPeer.release(this.legId);
  }
}
