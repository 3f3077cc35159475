/** Tones in the stream of sound (RFC 4733), as they are received. */
import { headerLength } from './rtp-packet.ts';

const TONES = '0123456789*#ABCD';

export class TelephoneEvents {
  private lastTimestamp: number | null = null;

  /** The tone that this packet is the first to name; null for a repetition, and for events that are no tone. */
  toneOf(packet: Buffer): string | null {
    const at = headerLength(packet);
    if (packet.length < at + 4) return null;
    // RFC 4733 §2.5.1.2: every packet of one event has the timestamp of its beginning.
    const timestamp = packet.readUInt32BE(4);
    if (timestamp === this.lastTimestamp) return null;
    const tone = TONES[packet.readUInt8(at)];
    if (tone === undefined) return null;
    this.lastTimestamp = timestamp;
    return tone;
  }
}
