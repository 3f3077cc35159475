/** The state of a peer connection as it travels with every result and event. */
import type { PeerState, SessionDescription } from '../../common/model/media.ts';

export function peerState(peer: RTCPeerConnection): PeerState {
  return {
    signalingState: peer.signalingState,
    iceGatheringState: peer.iceGatheringState,
    iceConnectionState: peer.iceConnectionState,
    connectionState: peer.connectionState,
    localDescription: description(peer.localDescription),
    remoteDescription: description(peer.remoteDescription),
  };
}

export function description(from: RTCSessionDescriptionInit | null): SessionDescription | null {
  return from ? { type: from.type, sdp: from.sdp ?? '' } : null;
}
