/** Where no call would be heard, nobody is available. */
import type { Joint } from './joint.ts';

export const reachabilityPresence: Joint = (facts, { presence }, { logger }) => {
  facts.on('reachability.changed', ({ isReachable }) => {
    logger.info('whether a call would be heard here', { isReachable });
    presence.setReachable(isReachable);
  });
};
