/** What the user should notice while they look at something else. How it is shown, and in which words, the host chooses. */
import * as v from 'valibot';
import { AddressOfRecord } from './address-of-record.ts';
import { AccountId, CallId, ConversationId } from './ids.ts';

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

export const Alert = v.variant('kind', [
  v.strictObject({
    kind: v.literal('incoming-call'),
    callId: CallId,
    name: v.string(),
    address: AddressOfRecord,
    video: v.boolean(),
  }),
  v.strictObject({
    kind: v.literal('message'),
    conversationId: ConversationId,
    name: v.string(),
    /** What was written last; null where it shall not be shown. */
    text: v.nullable(v.string()),
    /** Unread messages of the conversation, this one with them. */
    count: Count,
  }),
  v.strictObject({
    kind: v.literal('missed-call'),
    accountId: AccountId,
    name: v.string(),
    address: AddressOfRecord,
    /** Missed calls that nobody has looked at, of this caller or of several. */
    count: Count,
    severalCallers: v.boolean(),
  }),
  v.strictObject({ kind: v.literal('voicemail'), accountId: AccountId, count: Count, address: v.nullable(AddressOfRecord) }),
  /** Once: the window is closed and Ahoy goes on in the tray. */
  v.strictObject({ kind: v.literal('stays-in-tray') }),
]);
export type Alert = v.InferOutput<typeof Alert>;
