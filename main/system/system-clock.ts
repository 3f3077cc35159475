/** The system's clock. Timers do not keep the process alive: the hosts' servers and windows do. */
import type { Clock } from '../ports/clock.ts';
import type { ReportDefect } from './defects.ts';

/** What a timer's callback throws is reported, and ends that callback alone. */
export function createClock(report: ReportDefect): Clock {
  return {
    now: () => Date.now(),
    after(delayMs, callback) {
      const timer = setTimeout(() => {
        try {
          callback();
        } catch (error) {
          report('a timer', error);
        }
      }, delayMs);
      timer.unref();
      return () => {
        clearTimeout(timer);
      };
    },
  };
}

/** For what runs before there is a log, and for tests: a defect in a timer is thrown. */
export const systemClock: Clock = createClock((_where, error) => {
  throw error;
});
