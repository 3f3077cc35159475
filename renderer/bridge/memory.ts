/** The carrier of tests: two transports in one page, joined. Messages are cloned and arrive in a later microtask. */
import type { Transport } from '../../common/transport/transport.ts';
import type { Carrier } from './carrier.ts';

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
      queueMicrotask(() => {
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

/** A carrier whose connections `accept` answers; it rejects where `accept` returns false. */
export function memoryCarrier(accept: (far: Transport) => boolean): Carrier {
  return {
    reconnects: true,
    open() {
      const pair = memoryPair();
      return accept(pair.far) ? Promise.resolve(pair.near) : Promise.reject(new Error('the host does not answer'));
    },
  };
}

interface MemoryEnd {
  receive: ((message: unknown) => void) | null;
  readonly closeListeners: Set<() => void>;
}

function memoryEnd(): MemoryEnd {
  return { receive: null, closeListeners: new Set() };
}
