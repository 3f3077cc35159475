/** Picks the carrier this page was loaded with. */
import type { ClientKind } from '../../common/contract/grants.ts';
import type { Carrier } from './carrier.ts';
import { electronCarrier } from './electron-carrier.ts';
import { contractUrl, webSocketCarrier } from './websocket.ts';

export function carrierOfPage(kind: ClientKind): Carrier {
  return window.transport ? electronCarrier(window.transport) : webSocketCarrier(contractUrl(window.location, kind), window.location.host);
}
