/** How passwords are kept, and the passphrase where the system has no keyring. Nothing secret ever comes out. */
import * as v from 'valibot';
import { Passphrase, Secrets } from '../model/secrets.ts';
import { command, domain, event, nothing } from './define.ts';

export const secrets = domain({
  snapshot: v.strictObject({ secrets: Secrets }),
  commands: {
    setPassphrase: command(
      'Chooses the passphrase where there is no keyring, or changes it: then the present one is needed. `conflict` where a keyring keeps the passwords, `passphrase-wrong`.',
      v.strictObject({ passphrase: Passphrase, present: v.optional(v.pipe(v.string(), v.maxLength(1024))) }),
      v.null(),
    ),
    unlock: command(
      'Opens what a passphrase keeps; accounts register then. `passphrase-wrong`; `conflict` where nothing is locked.',
      v.strictObject({ passphrase: v.pipe(v.string(), v.maxLength(1024)) }),
      v.null(),
    ),
    retry: command('Looks for the keyring again; `not-supported` where there still is none.', nothing, v.null()),
    forget: command('Forgets every password that is kept: a passphrase that nobody remembers. Accounts stay.', nothing, v.null()),
  },
  events: {
    changed: event('How passwords are kept changed.', v.strictObject({ secrets: Secrets })),
  },
});
