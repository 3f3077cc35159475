/** What the desktop offers beside windows, and the state of each part: shortcuts, links, start at login, updates. */
import * as v from 'valibot';
import { Failure } from './failure.ts';
import { EpochMs } from './time.ts';

/** What a key can do from anywhere on the desktop. `answer` hangs up where no call waits for an answer. */
export const ShortcutAction = v.picklist(['answer', 'mute', 'open', 'dial', 'call-clipboard']);
export type ShortcutAction = v.InferOutput<typeof ShortcutAction>;

const NAMED_KEYS =
  'Space|Tab|Backspace|Delete|Insert|Return|Enter|Up|Down|Left|Right|Home|End|PageUp|PageDown|Plus|PrintScreen|Pause|' +
  'MediaNextTrack|MediaPreviousTrack|MediaStop|MediaPlayPause|VolumeUp|VolumeDown|VolumeMute';
const KEY = `(?:[A-Z0-9]|F(?:[1-9]|1\\d|2[0-4])|num[0-9]|[)!@#$%^&*(:;+=<,_\\->.?/~\`{\\]\\[|\\\\'"]|${NAMED_KEYS})`;
const MODIFIER = '(?:CommandOrControl|Command|Control|Ctrl|Alt|Option|Shift|Super|Meta)';

/**
 * A key with its modifiers, as Electron writes them: `CommandOrControl+Shift+A`, `F9`, `MediaPlayPause`. A key
 * that types needs a modifier besides Shift, or every text with it would be swallowed.
 */
export const Accelerator = v.pipe(
  v.string(),
  v.maxLength(80),
  v.regex(new RegExp(`^(?:${MODIFIER}\\+){0,4}${KEY}$`), 'not a key with modifiers'),
  v.check((text) => {
    const keys = text.split('+');
    const key = keys.at(-1) ?? '';
    return (
      /^(?:F\d+|Media\w+|Volume\w+|Pause|PrintScreen)$/.test(key) ||
      keys.some((each) => /^(?:Command|Control|Ctrl|Alt|Option|Super|Meta)/.test(each))
    );
  }, 'needs a modifier besides Shift'),
);
export type Accelerator = v.InferOutput<typeof Accelerator>;

/** set: the key works. taken: another program has it. unsupported: this desktop has no such keys. */
const ShortcutState = v.picklist(['off', 'set', 'taken', 'unsupported']);
export type ShortcutState = v.InferOutput<typeof ShortcutState>;

export const Shortcut = v.strictObject({
  action: ShortcutAction,
  accelerator: v.nullable(Accelerator),
  state: ShortcutState,
});
export type Shortcut = v.InferOutput<typeof Shortcut>;

export const LinkScheme = v.picklist(['sip', 'sips', 'tel', 'ahoy']);
export type LinkScheme = v.InferOutput<typeof LinkScheme>;

/** ours: the system opens such links by Ahoy. other: by something else, or by nothing. */
export const LinkHandling = v.strictObject({ scheme: LinkScheme, state: v.picklist(['ours', 'other', 'unsupported']) });
export type LinkHandling = v.InferOutput<typeof LinkHandling>;

/**
 * off (no address to ask) · idle ─► checking ─► current
 *                                     ├─► downloading ─► ready (installed when Ahoy quits)
 *                                     └─► failed ─► checking (the running version stays as it is)
 */
const UpdateState = v.picklist(['off', 'idle', 'checking', 'current', 'downloading', 'ready', 'failed']);
export type UpdateState = v.InferOutput<typeof UpdateState>;

export const Update = v.strictObject({
  state: UpdateState,
  /** The version that was found; null where none was. */
  version: v.nullable(v.pipe(v.string(), v.maxLength(100))),
  /** What is new, as plain text. */
  notes: v.nullable(v.pipe(v.string(), v.maxLength(20_000))),
  /** 0 to 100 while it is being downloaded. */
  percent: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(100))),
  checkedAtMs: v.nullable(EpochMs),
  failure: v.nullable(Failure),
});
export type Update = v.InferOutput<typeof Update>;

export const Desktop = v.strictObject({
  /** Whether Ahoy starts with the computer; `supported` false where this host cannot arrange it. */
  autostart: v.strictObject({ supported: v.boolean(), enabled: v.boolean() }),
  shortcuts: v.array(Shortcut),
  links: v.array(LinkHandling),
  update: Update,
});
export type Desktop = v.InferOutput<typeof Desktop>;
