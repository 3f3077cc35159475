/** Real time, faster than the wall: for what waits seconds by the protocol's rules. */
import type { Clock } from '../../main/ports/clock.ts';

/** `factor` times as fast. */
export function hurriedClock(factor: number): Clock {
  return {
    now: () => Date.now(),
    after(delayMs, callback) {
      const timer = setTimeout(callback, delayMs / factor);
      timer.unref();
      return () => clearTimeout(timer);
    },
  };
}
