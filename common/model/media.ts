/**
 * What crosses the media seam: JsSIP stays with the core, the peer connection lives in the window that
 * owns the call's media. Every result and event carries the peer connection's full state, applied before delivery.
 */
import * as v from 'valibot';

export const SessionDescription = v.strictObject({
  type: v.picklist(['offer', 'answer', 'pranswer', 'rollback']),
  sdp: v.pipe(v.string(), v.maxLength(200_000)),
});
export type SessionDescription = v.InferOutput<typeof SessionDescription>;

/** The states and descriptions JsSIP reads from an RTCPeerConnection. */
export const PeerState = v.strictObject({
  signalingState: v.picklist(['stable', 'have-local-offer', 'have-remote-offer', 'have-local-pranswer', 'have-remote-pranswer', 'closed']),
  iceGatheringState: v.picklist(['new', 'gathering', 'complete']),
  iceConnectionState: v.picklist(['new', 'checking', 'connected', 'completed', 'disconnected', 'failed', 'closed']),
  connectionState: v.picklist(['new', 'connecting', 'connected', 'disconnected', 'failed', 'closed']),
  localDescription: v.nullable(SessionDescription),
  remoteDescription: v.nullable(SessionDescription),
});
export type PeerState = v.InferOutput<typeof PeerState>;

const PeerIceServer = v.strictObject({
  urls: v.string(),
  username: v.optional(v.string()),
  credential: v.optional(v.string()),
});

/** What the core asks of the owner. Operations of one leg are carried out strictly in order. */
export const MediaOperation = v.variant('name', [
  /** Opens microphone (and camera) and makes the peer connection with their tracks. */
  v.strictObject({ name: v.literal('open'), video: v.boolean(), iceServers: v.array(PeerIceServer) }),
  v.strictObject({ name: v.literal('createOffer'), iceRestart: v.boolean() }),
  v.strictObject({ name: v.literal('createAnswer') }),
  v.strictObject({ name: v.literal('setLocalDescription'), description: SessionDescription }),
  v.strictObject({ name: v.literal('setRemoteDescription'), description: SessionDescription }),
  v.strictObject({ name: v.literal('setTrackEnabled'), kind: v.picklist(['audio', 'video']), enabled: v.boolean() }),
  /** Opens the camera and sends its picture from the next description on, or stops both. Fails where there is none. */
  v.strictObject({ name: v.literal('setCamera'), on: v.boolean() }),
  /** RFC 4733 tones by the audio sender; milliseconds. */
  v.strictObject({ name: v.literal('insertDtmf'), tones: v.string(), durationMs: v.number(), gapMs: v.number() }),
  v.strictObject({ name: v.literal('close') }),
]);
export type MediaOperation = v.InferOutput<typeof MediaOperation>;

export const MediaEventName = v.picklist([
  'iceconnectionstatechange',
  'connectionstatechange',
  'icegatheringstatechange',
  'signalingstatechange',
  'icecandidate',
  'track',
]);
export type MediaEventName = v.InferOutput<typeof MediaEventName>;

export const MediaFailureName = v.picklist([
  'microphone-denied',
  'no-microphone',
  'camera-denied',
  'no-camera',
  'media-failed',
  'no-media-owner',
]);
export type MediaFailureName = v.InferOutput<typeof MediaFailureName>;

export const MediaResult = v.variant('ok', [
  v.strictObject({
    ok: v.literal(true),
    /** The made description for createOffer and createAnswer, null for the rest. */
    description: v.nullable(SessionDescription),
    state: PeerState,
  }),
  v.strictObject({
    ok: v.literal(false),
    failure: MediaFailureName,
    detail: v.pipe(v.string(), v.maxLength(1000)),
    state: v.nullable(PeerState),
  }),
]);
export type MediaResult = v.InferOutput<typeof MediaResult>;
