/**
 * What was pressed as Electron writes it, and in the words of the platform. Letters go by what the keyboard types,
 * so that they are what is printed on the keys; digits by the key, which types something else with Shift.
 */
import * as v from 'valibot';
import { Accelerator } from '../../../common/model/desktop.ts';

export type Platform = 'mac' | 'windows' | 'other';

export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey'>;

export type Pressed =
  /** Modifiers are held and the key is still to come; with none of them, the empty string. */
  | { readonly kind: 'modifiers'; readonly words: string }
  | { readonly kind: 'keys'; readonly accelerator: Accelerator }
  | { readonly kind: 'refused'; readonly why: 'needs-modifier' | 'unknown-key' };

const MODIFIER_KEYS: ReadonlySet<string> = new Set([
  'Control',
  'Shift',
  'Alt',
  'AltGraph',
  'Meta',
  'OS',
  'CapsLock',
  'Fn',
  'FnLock',
  'NumLock',
]);

const NAMED_KEYS: Readonly<Record<string, string>> = {
  ' ': 'Space',
  Tab: 'Tab',
  Backspace: 'Backspace',
  Delete: 'Delete',
  Insert: 'Insert',
  Enter: 'Enter',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  Home: 'Home',
  End: 'End',
  PageUp: 'PageUp',
  PageDown: 'PageDown',
  PrintScreen: 'PrintScreen',
  Pause: 'Pause',
  MediaTrackNext: 'MediaNextTrack',
  MediaTrackPrevious: 'MediaPreviousTrack',
  MediaStop: 'MediaStop',
  MediaPlayPause: 'MediaPlayPause',
  AudioVolumeUp: 'VolumeUp',
  AudioVolumeDown: 'VolumeDown',
  AudioVolumeMute: 'VolumeMute',
  '+': 'Plus',
};

/** For keys that type no sign of their own here: Option on a Mac, a dead key, letters that are not Latin. */
const SIGNS_BY_CODE: Readonly<Record<string, string>> = {
  Space: 'Space',
  Minus: '-',
  Equal: '=',
  BracketLeft: '[',
  BracketRight: ']',
  Backslash: '\\',
  Semicolon: ';',
  Quote: "'",
  Backquote: '`',
  Comma: ',',
  Period: '.',
  Slash: '/',
};

export function platformOf(name: string): Platform {
  return /^mac/i.test(name) ? 'mac' : /^win/i.test(name) ? 'windows' : 'other';
}

function keyOf(press: KeyPress, platform: Platform): string | null {
  const digit = /^Digit(\d)$/.exec(press.code)?.[1];
  if (digit) return digit;
  if (/^Numpad\d$/.test(press.code) && /^\d$/.test(press.key)) return `num${press.key}`;
  if (/^F([1-9]|1\d|2[0-4])$/.test(press.key)) return press.key;
  const named = NAMED_KEYS[press.key];
  if (named) return named;
  if (!(platform === 'mac' && press.altKey)) {
    const typed = press.key.toUpperCase();
    if (/^[A-Z!@#$%^&*():;<=>,_\-.?/~`{}[\]|\\'"]$/.test(typed)) return typed;
  }
  return /^Key([A-Z])$/.exec(press.code)?.[1] ?? SIGNS_BY_CODE[press.code] ?? null;
}

function modifiersOf(press: KeyPress, platform: Platform): string[] {
  const isMac = platform === 'mac';
  return [
    ...((isMac ? press.metaKey : press.ctrlKey) ? ['CommandOrControl'] : []),
    ...(isMac && press.ctrlKey ? ['Control'] : []),
    ...(press.altKey ? ['Alt'] : []),
    ...(press.shiftKey ? ['Shift'] : []),
    ...(!isMac && press.metaKey ? ['Super'] : []),
  ];
}

export function readPress(press: KeyPress, platform: Platform): Pressed {
  const modifiers = modifiersOf(press, platform);
  if (MODIFIER_KEYS.has(press.key)) return { kind: 'modifiers', words: wordsOf(modifiers, platform) };
  const key = keyOf(press, platform);
  if (key === null) return { kind: 'refused', why: 'unknown-key' };
  const text = [...modifiers, key].join('+');
  const parsed = v.safeParse(Accelerator, text);
  return parsed.success ? { kind: 'keys', accelerator: parsed.output } : { kind: 'refused', why: 'needs-modifier' };
}

const MAC_WORDS: Readonly<Record<string, string>> = {
  CommandOrControl: '⌘',
  Command: '⌘',
  Super: '⌘',
  Meta: '⌘',
  Control: '⌃',
  Ctrl: '⌃',
  Alt: '⌥',
  Option: '⌥',
  Shift: '⇧',
};

const OTHER_WORDS: Readonly<Record<string, string>> = { CommandOrControl: 'Ctrl', Control: 'Ctrl', Option: 'Alt' };

const KEY_WORDS: Readonly<Record<string, string>> = {
  Up: '↑',
  Down: '↓',
  Left: '←',
  Right: '→',
  Plus: '+',
  Return: 'Enter',
  Delete: 'Del',
  PageUp: 'Page Up',
  PageDown: 'Page Down',
  PrintScreen: 'Print Screen',
  MediaNextTrack: 'Next Track',
  MediaPreviousTrack: 'Previous Track',
  MediaStop: 'Stop',
  MediaPlayPause: 'Play/Pause',
  VolumeUp: 'Volume Up',
  VolumeDown: 'Volume Down',
  VolumeMute: 'Mute',
};

/** The order in which a Mac writes them. */
const MAC_ORDER = '⌃⌥⇧⌘';

function wordOf(part: string, platform: Platform): string {
  const modifier = platform === 'mac' ? MAC_WORDS[part] : part === 'Super' || part === 'Meta' ? superWord(platform) : OTHER_WORDS[part];
  return modifier ?? KEY_WORDS[part] ?? part.replace(/^num(\d)$/, 'Num $1');
}

function superWord(platform: Platform): string {
  return platform === 'windows' ? 'Win' : 'Super';
}

function wordsOf(parts: readonly string[], platform: Platform): string {
  const words = parts.map((part) => wordOf(part, platform));
  if (platform !== 'mac') return words.join('+');
  return words.sort((a, b) => rank(a) - rank(b)).join('');
}

/** A key comes after its modifiers. */
function rank(word: string): number {
  const at = MAC_ORDER.indexOf(word);
  return at === -1 ? MAC_ORDER.length : at;
}

/** `Ctrl+Shift+A`, on a Mac `⇧⌘A`. */
export function acceleratorWords(accelerator: Accelerator, platform: Platform): string {
  return keysWords(accelerator, platform);
}

/** The same for keys that are no accelerator: a single letter. */
export function keysWords(keys: string, platform: Platform): string {
  return wordsOf(keys.split('+'), platform);
}

/** Those of which a key that types needs one. */
export function modifierWords(platform: Platform): readonly string[] {
  return platform === 'mac' ? ['⌘', '⌃', '⌥'] : ['Ctrl', 'Alt', superWord(platform)];
}
