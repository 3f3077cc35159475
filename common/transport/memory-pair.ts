/**
 * Two joined transports in one process: a host's own tray is a client of the contract through them, and so are tests.
 * Messages are cloned, as by every other carrier, and arrive in a later microtask.
 */
import type { Transport } from './transport.ts';

export interface TransportPair {
  readonly near: Transport;
  readonly far: Transport;
}

export function memoryPair(): TransportPair {
  const ends = [memoryEnd(), memoryEnd()] as const;
  let closed = false;
  const close = (): void => {
    if (closed) return;
    closed = true;
    for (const end of ends) for (const listener of end.closeListeners) listener();
  };
  const side = (own: MemoryEnd, other: MemoryEnd): Transport => ({
    send(message) {
      if (closed) return;
      const copy: unknown = JSON.parse(JSON.stringify(message));
      void Promise.resolve().then(() => {
        if (!closed) other.receive?.(copy);
      });
    },
    onMessage(listener) {
      own.receive = listener;
    },
    onClose(listener) {
      if (closed) listener();
      else own.closeListeners.add(listener);
    },
    close,
  });
  return { near: side(ends[0], ends[1]), far: side(ends[1], ends[0]) };
}

interface MemoryEnd {
  receive: ((message: unknown) => void) | null;
  readonly closeListeners: Set<() => void>;
}

function memoryEnd(): MemoryEnd {
  return { receive: null, closeListeners: new Set() };
}
