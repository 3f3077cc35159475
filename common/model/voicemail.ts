/** A voicemail box, as the server's message summary tells it (RFC 3842). */
import * as v from 'valibot';
import { AddressOfRecord } from './address-of-record.ts';
import { AccountId } from './ids.ts';
import { EpochMs } from './time.ts';

const Count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000));

export const VoicemailBox = v.strictObject({
  accountId: AccountId,
  newCount: Count,
  oldCount: Count,
  /** Whom to call to listen; null where the server does not say. */
  address: v.nullable(AddressOfRecord),
  /** Since when the counts are so. */
  sinceMs: EpochMs,
});
export type VoicemailBox = v.InferOutput<typeof VoicemailBox>;
