/** The commands and the present state of the contract's domain `people`. */
import type { Serve } from './served.ts';

export const servePeople: Serve<'people'> = ({ core: { people } }) => ({
  snapshot: () => ({ people: [...people.all()] }),
  commands: {
    add: ({ details }) => people.add(details),
    update: ({ personId, details }) => people.update(personId, details),
    remove: ({ personId }) => people.remove(personId),
  },
});
