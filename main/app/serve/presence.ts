/** The commands and the present state of the contract's domain `presence`. */
import { success } from '../../../common/model/failure.ts';
import type { Serve } from './served.ts';

export const servePresence: Serve<'presence'> = ({ core: { presence, watches } }) => ({
  snapshot: () => ({ own: presence.own(), presentities: [...presence.presentities()] }),
  commands: {
    publish({ status, note }) {
      presence.publish(status, note);
      return success(null);
    },
    watch(watch) {
      watches.add(watch);
      return success(null);
    },
    unwatch(watch) {
      watches.remove(watch);
      return success(null);
    },
  },
});
