/**
 * JsSIP asks for `window.RTCPeerConnection` unguarded, on a call and on any INVITE that arrives, and makes
 * `RTCPeerConnection` and `RTCSessionDescription` by their global names. They are given to it here, before any
 * INVITE can arrive; the real ones live in a window (see peer-connection).
 */
import { StubPeerConnection } from '../media-seam/peer-connection.ts';
import { once } from './amendment.ts';

class StubSessionDescription {
  readonly type: string;
  readonly sdp: string;
  constructor(description: { type: string; sdp: string }) {
    this.type = description.type;
    this.sdp = description.sdp;
  }
}

export function amendWebrtcNames(): void {
  once('webrtc-names', () => {
    const names = globalThis as Record<string, unknown>;
    const present = names['window'];
    names['window'] = Object.assign(typeof present === 'object' && present !== null ? present : {}, {
      RTCPeerConnection: StubPeerConnection,
    });
    names['RTCPeerConnection'] = StubPeerConnection;
    names['RTCSessionDescription'] = StubSessionDescription;
  });
}
