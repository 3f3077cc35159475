/** Turns what SQLite throws into the port's StorageFailure, so that callers need not know the library. */
import { StorageFailure } from '../ports/history-store.ts';

/** Every method of `store`, with its errors as StorageFailure. */
export function guarded<T extends object>(store: T): T {
  const guardedEntries = Object.entries(store).map(([name, method]) => [
    name,
    (...args: unknown[]): unknown => {
      try {
        return (method as (...a: unknown[]) => unknown)(...args);
      } catch (error) {
        if (error instanceof StorageFailure) throw error;
        throw new StorageFailure(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      }
    },
  ]);
  return Object.fromEntries(guardedEntries) as T;
}
