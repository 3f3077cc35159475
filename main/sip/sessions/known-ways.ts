/** Which way of media each peer took last: the one that is tried first next time. */
import type { AddressOfRecord } from '../../../common/model/address-of-record.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MediaWay } from './media-way.ts';

/** Beyond this a peer may have another phone. */
const KNOWN_FOR_MS = 24 * 3_600_000;
const MOST_KNOWN = 500;

export class KnownWays {
  private readonly clock: Clock;
  private readonly known = new Map<AddressOfRecord, { readonly way: MediaWay; readonly atMs: number }>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  took(peer: AddressOfRecord, way: MediaWay): void {
    this.known.delete(peer);
    this.known.set(peer, { way, atMs: this.clock.now() });
    const [oldest] = this.known.keys();
    if (this.known.size > MOST_KNOWN && oldest !== undefined) this.known.delete(oldest);
  }

  inOrder(peer: AddressOfRecord, ways: readonly MediaWay[]): readonly MediaWay[] {
    const last = this.known.get(peer);
    if (!last || this.clock.now() - last.atMs > KNOWN_FOR_MS || !ways.includes(last.way)) return ways;
    return [last.way, ...ways.filter((way) => way !== last.way)];
  }
}
