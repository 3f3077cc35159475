/** The index of each stream in one direction, by its SSRC. Whoever invents more streams than there may be loses the oldest. */
import { PacketIndex } from './packet-index.ts';

const MOST_STREAMS = 16;

export class PacketIndices {
  private readonly bySource = new Map<number, PacketIndex>();

  /** That of a stream; of one that is not known yet a new one, which is not kept. */
  of(ssrc: number): PacketIndex {
    return this.bySource.get(ssrc) ?? new PacketIndex();
  }

  /** From now on the stream is known: a packet of it is ours, or was authentic. */
  keep(ssrc: number, index: PacketIndex): void {
    if (this.bySource.has(ssrc)) return;
    this.bySource.set(ssrc, index);
    const [oldest] = this.bySource.keys();
    if (this.bySource.size > MOST_STREAMS && oldest !== undefined) this.bySource.delete(oldest);
  }
}
