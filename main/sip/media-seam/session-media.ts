/**
 * One leg's media as the signalling sees it: operations go to the window that owns it, in order, and what comes back
 * carries the state of the peer connection there, which is applied before anybody is notified.
 */
import type { Failure } from '../../../common/model/failure.ts';
import type { LegId } from '../../../common/model/ids.ts';
import type { MediaEventName, MediaOperation, MediaResult, PeerState } from '../../../common/model/media.ts';
import type { MediaPeer } from '../../ports/media-peer.ts';
import type { PeerIceServers } from './ice-servers.ts';
import { failureOfMedia } from '../failure-mapping.ts';

const NEW_PEER: PeerState = {
  signalingState: 'stable',
  iceGatheringState: 'new',
  iceConnectionState: 'new',
  connectionState: 'new',
  localDescription: null,
  remoteDescription: null,
};

const NO_OWNER: Failure = { code: 'no-media-owner' };

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
            this.state = state;
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
    if (!(await this.mediaPeer.claimed(this.legId))) return NO_OWNER;
    if (this.isReleased) return NO_OWNER;
    const result = await this.request({ name: 'open', video, iceServers: [...iceServers] });
    return result.ok ? null : failureOfMedia(result);
  }

  async request(operation: MediaOperation): Promise<MediaResult> {
    if (this.isReleased || this.isGone) return { ok: false, failure: 'no-media-owner', detail: '', state: null };
    const result = await this.mediaPeer.request(this.legId, operation);
    if (result.state !== null) {
      this.state = result.state;
      if (result.state.signalingState === 'stable') this.onStable();
    }
    return result;
  }

  /** The leg is over. */
  release(): void {
    if (this.isReleased) return;
    this.isReleased = true;
    this.mediaPeer.release(this.legId);
  }
}
