/**
 * The WebRTC engine that owns a call's media, as main/sip asks for it. Implemented by main/app over the
 * contract's media domain; the engine itself runs in a window.
 */
import type { CallId } from '../../common/model/ids.ts';
import type { MediaEventName, MediaOperation, MediaResult, PeerState } from '../../common/model/media.ts';

export interface MediaPeerEvents {
  /** An event of the peer connection with its full state at that moment; in order with results. */
  event(name: MediaEventName, state: PeerState, hasCandidate: boolean): void;
  /** The owner is gone. Called at most once; nothing follows it. */
  gone(): void;
}

export interface MediaPeer {
  /**
   * Waits until a window owns the call's media. Resolves true when one does, false when none took it in time
   * (ten seconds) or the wait was ended by `release`.
   */
  claimed(callId: CallId): Promise<boolean>;
  /** Registers the one listener of a call's media. */
  listen(callId: CallId, events: MediaPeerEvents): void;
  /**
   * Asks one operation. Operations of one call are carried out strictly in the order asked.
   * Always resolves; with `no-media-owner` where the owner is not there or went away meanwhile.
   */
  request(callId: CallId, operation: MediaOperation): Promise<MediaResult>;
  /** The call is over: the owner is told to close, nothing is delivered afterwards. */
  release(callId: CallId): void;
}
