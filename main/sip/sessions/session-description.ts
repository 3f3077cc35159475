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

/** The first sound that is not refused, as the `m=` line and the description say it is carried. */
export interface Sound {
  readonly protocol: string;
  /** Its keys come by DTLS. */
  readonly isDtls: boolean;
  readonly hasIce: boolean;
}

export function soundOf(sdp: string): Sound | null {
  for (const section of sdp.split(/^(?=m=)/m)) {
    const [, port, protocol = ''] = /^m=audio[ \t]+(\d+)(?:\/\d+)?[ \t]+(\S+)/.exec(section) ?? [];
    if (port === undefined || Number(port) === 0) continue;
    return {
      protocol,
      isDtls: /^(?:UDP|TCP)\/TLS\/RTP\/SAVPF?$/.test(protocol) || /^a=fingerprint:/m.test(sdp),
      hasIce: /^a=ice-ufrag:/m.test(sdp),
    };
  }
  return null;
}
