/**
 * The 48-bit index of a packet whose header holds sixteen bits of it (RFC 3711 §3.3.1), and whether it was received
 * before (§3.3.2). An index counts as received only when its packet was authentic: `accept` comes after that.
 */
const HALF = 0x8000;
const WHOLE = 0x10000;
/** How far back packets may come late. */
const WINDOW = 128n;
const MASK = (1n << WINDOW) - 1n;

export class PacketIndex {
  private highest: number | null = null;
  /** Bit n: the packet n before the highest was received. */
  private received = 0n;

  /** The likeliest index of a packet with this sequence number. */
  guess(sequence: number): number {
    if (this.highest === null) return sequence;
    const rollover = Math.floor(this.highest / WHOLE);
    const last = this.highest % WHOLE;
    const guessed = last < HALF ? (sequence - last > HALF ? rollover - 1 : rollover) : last - HALF > sequence ? rollover + 1 : rollover;
    return Math.max(guessed, 0) * WHOLE + sequence;
  }

  /** Whether it was received before, or is too old to tell. */
  isReplay(index: number): boolean {
    if (this.highest === null || index > this.highest) return false;
    const age = BigInt(this.highest - index);
    return age >= WINDOW || ((this.received >> age) & 1n) === 1n;
  }

  accept(index: number): void {
    if (this.highest === null || index > this.highest) {
      const ahead = BigInt(index - (this.highest ?? index));
      this.received = ahead >= WINDOW ? 1n : ((this.received << ahead) | 1n) & MASK;
      this.highest = index;
    } else this.received |= 1n << BigInt(this.highest - index);
  }
}
