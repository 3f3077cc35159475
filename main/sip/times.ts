/** The time spans this room works with; tests shorten them. */
export interface Times {
  /** A connection that does not stand by then is given up. */
  readonly connectMs: number;
  /** Keepalive on streams and WebSockets (RFC 5626 §4.4.1, RFC 6455 §5.5.2). */
  readonly pingMs: number;
  /** The answer to it must come within this. */
  readonly pongWithinMs: number;
  /**
   * The same over UDP, where nothing else tells that a server went away. While it matters (a call, a request that waits,
   * a connection just made) shorter than a restart of one takes: what comes back with nothing remembered answers the
   * next ping as if it had never been away. Else as seldom as keeps a NAT's binding (RFC 5626 §4.4): fifteen
   * hundred requests an hour are not a server's to bear.
   */
  readonly datagramPingMs: number;
  readonly datagramIdlePingMs: number;
  readonly datagramAnswerWithinMs: number;
  /** A connection counts as just made, or just found again, for so long. */
  readonly datagramFreshMs: number;
  /** ICE candidates that are not there by then do not go into the offer. */
  readonly gatheringMs: number;
  /** What leaving politely may take. */
  readonly leaveMs: number;
  /** Between the 2xx of an un-SUBSCRIBE and giving up on the last NOTIFY. */
  readonly lastNotifyMs: number;
}

export const DEFAULT_TIMES: Times = {
  connectMs: 10_000,
  pingMs: 25_000,
  pongWithinMs: 10_000,
  datagramPingMs: 2_500,
  datagramIdlePingMs: 25_000,
  datagramAnswerWithinMs: 4_500,
  datagramFreshMs: 30_000,
  gatheringMs: 700,
  leaveMs: 2_000,
  lastNotifyMs: 2_000,
};
