/** A clock that stands still until a test moves it. */
import type { Clock } from '../../main/ports/clock.ts';

export interface FakeClock extends Clock {
  /** Moves on by this many milliseconds, running what is due in its order. */
  advance(ms: number): void;
  /** Timers that wait. */
  readonly pending: () => number;
}

export function createFakeClock(startMs = 1_700_000_000_000): FakeClock {
  let nowMs = startMs;
  let order = 0;
  const timers = new Set<{ atMs: number; order: number; callback: () => void }>();
  return {
    now: () => nowMs,
    after(delayMs, callback) {
      const timer = { atMs: nowMs + delayMs, order: (order += 1), callback };
      timers.add(timer);
      return () => {
        timers.delete(timer);
      };
    },
    advance(ms) {
      const untilMs = nowMs + ms;
      for (let steps = 0; steps < 100_000; steps += 1) {
        const [next] = [...timers].filter((timer) => timer.atMs <= untilMs).sort((a, b) => a.atMs - b.atMs || a.order - b.order);
        if (!next) break;
        timers.delete(next);
        nowMs = Math.max(nowMs, next.atMs);
        next.callback();
      }
      nowMs = untilMs;
    },
    pending: () => timers.size,
  };
}
