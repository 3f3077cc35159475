/**
 * Notices that the network changed or the machine slept, where no host says so: the interfaces are compared, and a
 * clock that jumped over several of our ticks means that the process was not running.
 */
import { networkInterfaces } from 'node:os';
import type { ReportDefect } from './defects.ts';

const TICK_MS = 2_000;
const SLEPT_MS = 15_000;

/** Calls `changed` on each change; returns what ends the watch. */
export function watchNetwork(changed: () => void, report: ReportDefect): () => void {
  const addresses = (): string =>
    Object.entries(networkInterfaces())
      .flatMap(([name, each]) => (each ?? []).map((one) => `${name} ${one.address}`))
      .sort()
      .join('\n');
  let present = '';
  try {
    present = addresses();
  } catch (error) {
    report('the network watch', error);
  }
  let lastTickMs = Date.now();
  let isBlind = false;
  const timer = setInterval(() => {
    const nowMs = Date.now();
    const slept = nowMs - lastTickMs > SLEPT_MS;
    lastTickMs = nowMs;
    try {
      const next = addresses();
      const different = next !== present;
      present = next;
      if (slept || different) changed();
      isBlind = false;
    } catch (error) {
      // A process out of descriptors cannot list interfaces; the next tick looks again, and it is said once.
      if (!isBlind) report('the network watch', error);
      isBlind = true;
    }
  }, TICK_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}
