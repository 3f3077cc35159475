/** The commands and the present state of the contract's domain `history`. */
import { success } from '../../../common/model/failure.ts';
import type { Serve } from './served.ts';

export const serveHistory: Serve<'history'> = ({ core: { callHistory } }) => ({
  snapshot: () => ({ unseenMissedCount: callHistory.unseenMissedCount() }),
  commands: {
    page(wanted) {
      const { records, hasMore } = callHistory.page(wanted);
      return success({ records: [...records], hasMore });
    },
    markSeen() {
      callHistory.markSeen();
      return success(null);
    },
    remove({ recordId }) {
      callHistory.remove(recordId);
      return success(null);
    },
  },
});
