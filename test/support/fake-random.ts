/** Randomness that is the same in every run. */
import type { Random } from '../../main/ports/random.ts';

export function createFakeRandom(fraction = 0.5): Random {
  let count = 0;
  return {
    id: () => `id-${(count += 1)}`,
    fraction: () => fraction,
  };
}
