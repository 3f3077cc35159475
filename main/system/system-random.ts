/** Randomness from the system's generator. */
import { randomInt, randomUUID } from 'node:crypto';
import type { Random } from '../ports/random.ts';

const STEPS = 2 ** 47;

export const systemRandom: Random = {
  id: () => randomUUID(),
  fraction: () => randomInt(STEPS) / STEPS,
};
