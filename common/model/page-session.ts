/** A browser that is signed in to a host that serves its windows as pages. */
import * as v from 'valibot';
import { EpochMs } from './time.ts';

export const SignedInPage = v.strictObject({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  createdAtMs: EpochMs,
  lastSeenAtMs: EpochMs,
  /** "Chromium 156, Linux"; empty where the browser does not say. */
  browser: v.pipe(v.string(), v.maxLength(100)),
});
export type SignedInPage = v.InferOutput<typeof SignedInPage>;
