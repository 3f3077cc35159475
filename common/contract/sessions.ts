/** Browsers that are signed in. There are none where the host opens its windows itself. */
import * as v from 'valibot';
import { SignedInPage } from '../model/page-session.ts';
import { command, domain, event } from './define.ts';

export const sessions = domain({
  snapshot: v.strictObject({ sessions: v.array(SignedInPage) }),
  commands: {
    end: command('Signs a browser out; its pages lose their connection.', v.strictObject({ id: SignedInPage.entries.id }), v.null()),
  },
  events: {
    changed: event('A browser signed in or out.', v.strictObject({ sessions: v.array(SignedInPage) })),
  },
});
