/** The commands and the present state of the contract's domain `sessions`. */
import { failed, success } from '../../../common/model/failure.ts';
import type { Serve } from './served.ts';

export const serveSessions: Serve<'sessions'> = ({ adapters: { pageSessions } }) => ({
  snapshot: () => ({ sessions: [...pageSessions.present()] }),
  commands: {
    end: ({ id }) => (pageSessions.end(id) ? success(null) : failed('not-found')),
  },
});
