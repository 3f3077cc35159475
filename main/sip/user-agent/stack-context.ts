/** What the stack is given, with the defaults filled in for its user agents. */
import type { Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import type { MediaGateway } from '../../ports/media-gateway.ts';
import type { MediaPeer } from '../../ports/media-peer.ts';
import type { Random } from '../../ports/random.ts';
import type { OpenSocket } from '../sockets/open-socket.ts';
import type { Times } from '../times.ts';

export interface SipStackAdapters {
  readonly mediaPeer: MediaPeer;
  /** Without one, only browsers can be talked with. */
  readonly gateway?: MediaGateway;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Spans of time other than the usual ones. */
  readonly times?: Partial<Times>;
  /** Another way to a server than the network: for tests. */
  readonly openSocket?: OpenSocket;
}

/** The adapters with nothing left open. */
export interface SipStackContext extends SipStackAdapters {
  readonly times: Times;
  readonly openSocket: OpenSocket;
}
