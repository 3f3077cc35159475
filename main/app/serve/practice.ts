/** The commands and the present state of the contract's domain `practice`. */
import type { Serve } from './served.ts';

export const servePractice: Serve<'practice'> = ({ core: { practice } }) => ({
  snapshot: () => practice.state(),
  commands: {
    start: () => practice.start(),
    remove: () => practice.remove(),
  },
});
