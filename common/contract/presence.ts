/** Own presence and the presentities watched. */
import * as v from 'valibot';
import { AddressOfRecord } from '../model/address-of-record.ts';
import { AccountId } from '../model/ids.ts';
import { Note, OwnPresence, OwnStatus, Presentity } from '../model/presence.ts';
import { command, domain, event } from './define.ts';

const Watch = v.strictObject({ accountId: AccountId, address: AddressOfRecord });

export const presence = domain({
  snapshot: v.strictObject({ own: OwnPresence, presentities: v.array(Presentity) }),
  commands: {
    publish: command(
      'Sets own status and note and publishes them by every registered account.',
      v.strictObject({ status: OwnStatus, note: Note }),
      v.null(),
    ),
    watch: command('Watches an address besides those of people and conversations.', Watch, v.null()),
    unwatch: command('Ends what presence.watch began.', Watch, v.null()),
  },
  events: {
    ownChanged: event('Own status, note or publications changed.', v.strictObject({ own: OwnPresence })),
    changed: event('What is known of a presentity changed.', v.strictObject({ presentity: Presentity })),
    forgotten: event('An address is no longer watched.', v.strictObject({ accountId: AccountId, address: AddressOfRecord })),
  },
});
