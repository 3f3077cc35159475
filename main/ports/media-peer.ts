/**
 * The WebRTC engine that carries a leg's media, as main/sip asks for it. Implemented by main/app over the
 * contract's media domain; the engine itself runs in the window that owns the media of the leg's call.
 */
import type { LegId } from '../../common/model/ids.ts';
import type { MediaEventName, MediaOperation, MediaResult, PeerState } from '../../common/model/media.ts';

export interface MediaPeerEvents {
  /** An event of the peer connection with its full state at that moment; in order with results. */
  event(name: MediaEventName, state: PeerState, hasCandidate: boolean): void;
  /** The owner is gone. Called at most once; nothing follows it. */
  gone(): void;
}

export interface MediaPeer {
  /**
   * Waits until a window owns the media of the leg's call. Resolves true when one does, false when none took it in
   * time (ten seconds) or the wait was ended by `release`.
   */
  claimed(legId: LegId): Promise<boolean>;
  /** Registers the one listener of a leg's media. */
  listen(legId: LegId, events: MediaPeerEvents): void;
  /**
   * Asks one operation of a leg that is listened to. Operations of one leg are carried out strictly in the order asked.
   * Always resolves; with `no-media-owner` where the owner is not there or went away meanwhile.
   */
  request(legId: LegId, operation: MediaOperation): Promise<MediaResult>;
  /** The leg is over: the owner is asked to close it, nothing is delivered afterwards. */
  release(legId: LegId): void;
}
