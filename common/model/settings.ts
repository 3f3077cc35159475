/** The user's choices that belong to no single account. */
import * as v from 'valibot';
import { Accelerator } from './desktop.ts';

/** A host whose web links may open without a question. */
export const LinkHost = v.pipe(v.string(), v.minLength(1), v.maxLength(255));
export const MOST_TRUSTED_HOSTS = 1000;

export const Settings = v.strictObject({
  theme: v.optional(v.picklist(['system', 'light', 'dark']), 'system'),
  /** What is written is checked for spelling, by the browser or the system. */
  spellCheck: v.optional(v.boolean(), true),
  /** Device ids as the browser gives them; null: the system's default. */
  microphoneId: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(300))), null),
  cameraId: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(300))), null),
  speakerId: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(300))), null),
  ringDeviceId: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(300))), null),
  /** 0 to 1. */
  ringVolume: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1)), 0.8),
  /** Alerts of the system for messages, and whether they show what was written. */
  alertMessages: v.optional(v.boolean(), true),
  alertPreview: v.optional(v.boolean(), true),
  alertMissedCalls: v.optional(v.boolean(), true),
  alertVoicemail: v.optional(v.boolean(), true),
  /** Where there is a tray, closing the main window leaves Ahoy running there. */
  closeToTray: v.optional(v.boolean(), true),
  /** A start with the computer opens no window. */
  startMinimised: v.optional(v.boolean(), true),
  /** Minutes without a touch after which others see us away; 0: never. */
  awayAfterMinutes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(240)), 10),
  awayWhenLocked: v.optional(v.boolean(), true),
  /** Keys that work everywhere, by action; null: none. */
  shortcuts: v.optional(
    v.strictObject({
      answer: v.optional(v.nullable(Accelerator), null),
      mute: v.optional(v.nullable(Accelerator), null),
      open: v.optional(v.nullable(Accelerator), null),
      dial: v.optional(v.nullable(Accelerator), null),
      'call-clipboard': v.optional(v.nullable(Accelerator), null),
    }),
    {},
  ),
  /** Hosts whose web links open without a question. */
  trustedLinkHosts: v.optional(v.pipe(v.array(LinkHost), v.maxLength(MOST_TRUSTED_HOSTS)), []),
  /** Where updates are asked for; null: what the package was built with, if anything. */
  updateUrl: v.optional(
    v.nullable(
      v.pipe(v.string(), v.maxLength(1000), v.regex(/^https:\/\/[^\s]+$|^http:\/\/(?:127\.0\.0\.1|localhost)(?::\d+)?(?:\/[^\s]*)?$/i)),
    ),
    null,
  ),
});
export type Settings = v.InferOutput<typeof Settings>;

/** What applies where nothing was chosen. */
export const defaultSettings: Settings = v.parse(Settings, {});
