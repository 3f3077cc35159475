/**
 * What the far side sends, as one unbroken stream: its SSRC may change in mid-call (another phone, an announcement, a
 * forked answer), and a page would take each change for a new stream or for none. Sequence numbers and timestamps are
 * moved so that the next stream continues the last.
 */
const SEQUENCES = 0x10000;

export interface StreamOffsets {
  readonly sequence: number;
  readonly timestamp: number;
}

export class FarStream {
  /** The SSRC by which the page knows it. */
  readonly ssrc: number;
  private readonly clockRate: number;
  private farSsrc: number | null = null;
  private sequenceOffset = 0;
  private timestampOffset = 0;
  private last: { readonly sequence: number; readonly timestamp: number; readonly atMs: number } | null = null;

  constructor(ssrc: number, clockRate: number) {
    this.ssrc = ssrc;
    this.clockRate = clockRate;
  }

  /** The far side's own SSRC now; null before its first packet. */
  get source(): number | null {
    return this.farSsrc;
  }

  get offsets(): StreamOffsets {
    return { sequence: this.sequenceOffset, timestamp: this.timestampOffset };
  }

  /** A copy of the packet as the page takes it. */
  continued(packet: Buffer, nowMs: number): Buffer {
    const ssrc = packet.readUInt32BE(8);
    const sequence = packet.readUInt16BE(2);
    const timestamp = packet.readUInt32BE(4);
    const moved = Buffer.from(packet);
    if (ssrc !== this.farSsrc) {
      if (this.last !== null) {
        const elapsed = Math.max(1, Math.round(((nowMs - this.last.atMs) * this.clockRate) / 1000));
        this.sequenceOffset = (this.last.sequence + 1 - sequence + SEQUENCES) % SEQUENCES;
        this.timestampOffset = (this.last.timestamp + elapsed - timestamp) >>> 0;
        moved.writeUInt8(moved.readUInt8(1) | 0x80, 1);
      }
      this.farSsrc = ssrc;
    }
    const next = {
      sequence: (sequence + this.sequenceOffset) % SEQUENCES,
      timestamp: (timestamp + this.timestampOffset) >>> 0,
      atMs: nowMs,
    };
    // A packet that came late is not where the next stream goes on.
    if (this.last === null || (next.sequence - this.last.sequence + SEQUENCES) % SEQUENCES < SEQUENCES / 2) this.last = next;
    moved.writeUInt16BE(next.sequence, 2);
    moved.writeUInt32BE(next.timestamp, 4);
    moved.writeUInt32BE(this.ssrc, 8);
    return moved;
  }
}
