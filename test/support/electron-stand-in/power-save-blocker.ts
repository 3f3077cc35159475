/** powerSaveBlocker: who keeps the system awake, for tests to read. */
import type { PowerSaveBlocker } from 'electron';
import { strict } from './strict.ts';

type Kind = 'prevent-app-suspension' | 'prevent-display-sleep';

const blockers = new Map<number, Kind>();
let last = 0;

export const powerSaveBlocker = strict('powerSaveBlocker', {
  start(type: Kind): number {
    last += 1;
    blockers.set(last, type);
    return last;
  },
  stop: (id: number): boolean => blockers.delete(id),
  isStarted: (id: number): boolean => blockers.has(id),
} satisfies PowerSaveBlocker);

export const runningBlockers = (): Kind[] => [...blockers.values()];
