/** Accounts and their registrations. Passwords go in and never come out. */
import * as v from 'valibot';
import { Account, AccountSettings } from '../model/account.ts';
import { AccountId } from '../model/ids.ts';
import { command, domain, event } from './define.ts';

const Password = v.pipe(v.string(), v.maxLength(1024));
/** Passwords of TURN servers by their URL. */
const IceCredentials = v.optional(v.record(v.pipe(v.string(), v.maxLength(300)), Password));

export const accounts = domain({
  snapshot: v.strictObject({ accounts: v.array(Account) }),
  commands: {
    add: command(
      'Adds an account and starts registering it.',
      v.strictObject({ settings: AccountSettings, password: Password, iceCredentials: IceCredentials }),
      v.strictObject({ accountId: AccountId }),
    ),
    update: command(
      'Replaces an account’s settings; a password only where one is given. Registers again with them.',
      v.strictObject({ accountId: AccountId, settings: AccountSettings, password: v.optional(Password), iceCredentials: IceCredentials }),
      v.null(),
    ),
    remove: command(
      'Unregisters and removes an account with its conversations and history.',
      v.strictObject({ accountId: AccountId }),
      v.null(),
    ),
    register: command('Registers now instead of at the next attempt.', v.strictObject({ accountId: AccountId }), v.null()),
    setEnabled: command(
      'Enables an account (it registers) or disables it (it unregisters and stays so).',
      v.strictObject({ accountId: AccountId, enabled: v.boolean() }),
      v.null(),
    ),
  },
  events: {
    changed: event('An account was added, or its settings or registration changed.', v.strictObject({ account: Account })),
    removed: event('An account was removed.', v.strictObject({ accountId: AccountId })),
  },
});
