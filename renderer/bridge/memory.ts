/** The carrier of tests: a host in the same page. */
import { memoryPair } from '../../common/transport/memory-pair.ts';
import type { Transport } from '../../common/transport/transport.ts';
import type { Carrier } from './carrier.ts';

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
