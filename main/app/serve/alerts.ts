/** The commands and the present state of the contract's domain `alerts`. */
import type { Serve } from './served.ts';

export const serveAlerts: Serve<'alerts'> = ({ core: { alertBoard } }) => ({
  snapshot: () => ({ keys: [...alertBoard.keys()] }),
  commands: {},
});
