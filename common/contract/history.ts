/** Records of calls that are over. */
import * as v from 'valibot';
import { CallParty, CallRecord, CallRecordPlace } from '../model/call.ts';
import { CallRecordId } from '../model/ids.ts';
import { command, domain, event, nothing } from './define.ts';

export const history = domain({
  snapshot: v.strictObject({ unseenMissedCount: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
  commands: {
    page: command(
      'Call records that stand behind `before` (null: the newest), newest first, at most `limit`; of all calls, or those `with` one party.',
      v.strictObject({
        before: v.nullable(CallRecordPlace),
        missedOnly: v.optional(v.boolean(), false),
        with: v.optional(v.nullable(CallParty), null),
        limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(200)),
      }),
      v.strictObject({ records: v.array(CallRecord), hasMore: v.boolean() }),
    ),
    markSeen: command('Clears the count of unseen missed calls.', nothing, v.null()),
    remove: command('Removes one record.', v.strictObject({ recordId: CallRecordId }), v.null()),
  },
  events: {
    recordAdded: event(
      'A call ended and was recorded, or counted into a record that is there already.',
      v.strictObject({ record: CallRecord, unseenMissedCount: v.number() }),
    ),
    seen: event('The missed calls were looked at.', v.strictObject({})),
    recordRemoved: event('A record was removed.', v.strictObject({ recordId: CallRecordId })),
  },
});
