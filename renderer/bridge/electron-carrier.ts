/** The carrier of the Electron host: the one object the preload puts on the window. */
import type { Transport } from '../../common/transport/transport.ts';
import type { Carrier } from './carrier.ts';

/** What the preload offers as `window.transport`. */
export type PreloadTransport = Transport;

declare global {
  interface Window {
    readonly transport?: PreloadTransport;
  }
}

export function electronCarrier(offered: PreloadTransport): Carrier {
  return { open: () => Promise.resolve(offered), reconnects: false };
}
