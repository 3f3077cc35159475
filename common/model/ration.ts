/**
 * A rate limit: a burst at once, and one more for each span of time. For what strangers may use up. Times are epoch
 * milliseconds.
 */
export class Ration {
  private readonly burst: number;
  private readonly refillMs: number;
  private left: number;
  private countedAtMs: number;

  constructor(burst: number, refillMs: number, nowMs: number) {
    this.burst = burst;
    this.refillMs = refillMs;
    this.left = burst;
    this.countedAtMs = nowMs;
  }

  hasLeft(nowMs: number): boolean {
    const gained = Math.floor(Math.max(0, nowMs - this.countedAtMs) / this.refillMs);
    this.left = Math.min(this.burst, this.left + gained);
    // A clock that was set back starts the count again.
    this.countedAtMs = this.left === this.burst || nowMs < this.countedAtMs ? nowMs : this.countedAtMs + gained * this.refillMs;
    return this.left > 0;
  }

  take(): void {
    this.left -= 1;
  }
}
