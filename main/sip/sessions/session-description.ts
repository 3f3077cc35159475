/** The little this room reads of session descriptions (RFC 8866); the rest is the media engine's. */

/** Whether a description has video that flows in some direction. */
export function hasVideo(sdp: string | null | undefined): boolean {
  if (sdp == null) return false;
  for (const section of sdp.split(/^(?=m=)/m)) {
    // RFC 3264 §6: port zero refuses a stream.
    const port = /^m=video[ \t]+(\d+)/.exec(section)?.[1];
    if (port !== undefined && Number(port) !== 0 && !/^a=inactive\s*$/m.test(section)) return true;
  }
  return false;
}

/** Whether offer and answer agree on video. */
export function agreesOnVideo(local: string | null | undefined, remote: string | null | undefined): boolean {
  return hasVideo(local) && hasVideo(remote);
}
