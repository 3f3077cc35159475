/** A carrier makes transports to the host, one after the other, each until it fails. */
import type { Transport } from '../../common/transport/transport.ts';

export interface Carrier {
  /** Resolves with an open transport; rejects where the host does not answer. */
  open(): Promise<Transport>;
  /** Whether a lost connection can be made again. Without, the page has to be reloaded. */
  readonly reconnects: boolean;
}
