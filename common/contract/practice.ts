/** The practice exchange: a small SIP server on loopback with colleagues who answer. */
import * as v from 'valibot';
import { AccountId } from '../model/ids.ts';
import { command, domain, event, nothing } from './define.ts';

const State = v.strictObject({ running: v.boolean(), accountId: v.nullable(AccountId) });

export const practice = domain({
  snapshot: State,
  commands: {
    start: command('Starts the practice exchange and signs in to it.', nothing, v.strictObject({ accountId: AccountId })),
    remove: command('Removes the practice account, its colleagues and everything said with them.', nothing, v.null()),
  },
  events: {
    changed: event('The practice exchange started or went away.', State),
  },
});
