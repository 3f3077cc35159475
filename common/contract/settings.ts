/** The user's choices that belong to no single account. */
import * as v from 'valibot';
import { command, domain, event } from './define.ts';

export const Settings = v.strictObject({
  theme: v.optional(v.picklist(['system', 'light', 'dark']), 'system'),
  /** Device ids as the browser gives them; null: the system's default. */
  microphoneId: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(300))), null),
  cameraId: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(300))), null),
  speakerId: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(300))), null),
  ringDeviceId: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(300))), null),
  /** 0 to 1. */
  ringVolume: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1)), 0.8),
});
export type Settings = v.InferOutput<typeof Settings>;

export const settings = domain({
  snapshot: v.strictObject({ settings: Settings }),
  commands: {
    set: command('Replaces the settings given.', v.strictObject({ settings: v.partial(Settings) }), v.null()),
  },
  events: {
    changed: event('Settings changed.', v.strictObject({ settings: Settings })),
  },
});
