/**
 * Small values whose loss harms nobody (where a window was, an entity-tag): when the disk refuses one it is logged,
 * and the timer or event that wanted to store it goes on.
 */
import { StorageFailure, type ValueStore } from '../ports/history-store.ts';
import type { Logger } from '../ports/logger.ts';

export function forgivingValues(values: ValueStore, logger: Logger): ValueStore {
  return {
    get: (name) => values.get(name),
    set(name, value) {
      try {
        values.set(name, value);
      } catch (error) {
        if (!(error instanceof StorageFailure)) throw error;
        logger.warn('a value could not be kept', { name, error: error.message });
      }
    },
  };
}
