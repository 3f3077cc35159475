/** Points and spans of time as they travel: epoch milliseconds and seconds, never Date objects. */
import * as v from 'valibot';

/** Milliseconds since 1970-01-01T00:00:00Z. */
export const EpochMs = v.pipe(v.number(), v.integer(), v.minValue(0));
export type EpochMs = v.InferOutput<typeof EpochMs>;
