/**
 * Notices that the network changed or the machine slept where no host tells: the interfaces are compared, and
 * a clock that jumped over several of our ticks means that nobody ran for that long.
 */
import { networkInterfaces } from 'node:os';

const TICK_MS = 2_000;
const SLEPT_MS = 15_000;

/** Calls `changed` on each change; returns what ends the watch. */
export function watchNetwork(changed: () => void): () => void {
  const addresses = (): string =>
    Object.entries(networkInterfaces())
      .flatMap(([name, each]) => (each ?? []).map((one) => `${name} ${one.address}`))
      .sort()
      .join('\n');
  let present = addresses();
  let lastTickMs = Date.now();
  const timer = setInterval(() => {
    const nowMs = Date.now();
    const slept = nowMs - lastTickMs > SLEPT_MS;
    lastTickMs = nowMs;
    const next = addresses();
    const different = next !== present;
    present = next;
    if (slept || different) changed();
  }, TICK_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}
