import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { Accelerator } from '../../common/model/desktop.ts';
import {
  acceleratorWords,
  modifierWords,
  platformOf,
  readPress,
  type KeyPress,
  type Platform,
} from '../../renderer/features/settings/accelerator.ts';

const press = (key: string, code: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code,
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  metaKey: false,
  ...held,
});
const ctrl = { ctrlKey: true };

const cases: readonly (readonly [what: string, KeyPress, Platform, accelerator: string])[] = [
  ['a letter', press('a', 'KeyA', ctrl), 'other', 'CommandOrControl+A'],
  ['a letter of a keyboard with other places', press('a', 'KeyQ', ctrl), 'other', 'CommandOrControl+A'],
  ['a letter that is not Latin', press('ф', 'KeyA', ctrl), 'other', 'CommandOrControl+A'],
  [
    'all modifiers',
    press('A', 'KeyA', { ctrlKey: true, altKey: true, shiftKey: true, metaKey: true }),
    'other',
    'CommandOrControl+Alt+Shift+Super+A',
  ],
  ['⌘ on a Mac', press('a', 'KeyA', { metaKey: true }), 'mac', 'CommandOrControl+A'],
  ['⌃ on a Mac', press('a', 'KeyA', { ctrlKey: true }), 'mac', 'Control+A'],
  ['what Option types on a Mac', press('å', 'KeyA', { altKey: true }), 'mac', 'Alt+A'],
  ['what Option types on a Mac, which would be a sign', press('@', 'KeyL', { altKey: true }), 'mac', 'Alt+L'],
  ['a dead key', press('Dead', 'KeyN', { altKey: true }), 'mac', 'Alt+N'],
  ['a digit with Shift, which types a sign', press('!', 'Digit1', { ctrlKey: true, shiftKey: true }), 'other', 'CommandOrControl+Shift+1'],
  ['the number pad', press('4', 'Numpad4', ctrl), 'other', 'CommandOrControl+num4'],
  ['the number pad without Num Lock', press('ArrowLeft', 'Numpad4', ctrl), 'other', 'CommandOrControl+Left'],
  ['a sign', press('-', 'Slash', ctrl), 'other', 'CommandOrControl+-'],
  ['plus', press('+', 'BracketRight', ctrl), 'other', 'CommandOrControl+Plus'],
  ['the space bar', press(' ', 'Space', { altKey: true }), 'other', 'Alt+Space'],
  ['a function key alone', press('F9', 'F9'), 'other', 'F9'],
  ['a function key with Shift', press('F24', 'F24', { shiftKey: true }), 'other', 'Shift+F24'],
  ['a media key alone', press('MediaPlayPause', 'MediaPlayPause'), 'other', 'MediaPlayPause'],
  ['a volume key', press('AudioVolumeMute', 'AudioVolumeMute'), 'windows', 'VolumeMute'],
  ['Delete with a modifier', press('Delete', 'Delete', ctrl), 'other', 'CommandOrControl+Delete'],
];

describe('what was pressed, as Electron writes it', () => {
  test.each(cases)('%s', (_what, pressed, platform, accelerator) => {
    expect(readPress(pressed, platform)).toEqual({ kind: 'keys', accelerator });
    expect(v.is(Accelerator, accelerator)).toBe(true);
  });

  test.each([
    ['a letter alone', press('a', 'KeyA')],
    ['a letter with Shift', press('A', 'KeyA', { shiftKey: true })],
    ['Enter', press('Enter', 'Enter')],
    ['an arrow', press('ArrowUp', 'ArrowUp')],
  ])('%s would be lost to typing', (_what, pressed) => {
    expect(readPress(pressed, 'other')).toEqual({ kind: 'refused', why: 'needs-modifier' });
  });

  test.each([
    ['Escape', press('Escape', 'Escape', ctrl)],
    ['a letter that no key of ours types', press('ß', 'Minus2', ctrl)],
    ['a key without a name', press('Unidentified', '', ctrl)],
    ['a menu key', press('ContextMenu', 'ContextMenu', ctrl)],
  ])('%s cannot be used', (_what, pressed) => {
    expect(readPress(pressed, 'other')).toEqual({ kind: 'refused', why: 'unknown-key' });
  });

  test('modifiers alone wait for their key', () => {
    expect(readPress(press('Shift', 'ShiftLeft', { ctrlKey: true, shiftKey: true }), 'other')).toEqual({
      kind: 'modifiers',
      words: 'Ctrl+Shift',
    });
    expect(readPress(press('Meta', 'MetaLeft', { metaKey: true, altKey: true }), 'mac')).toEqual({ kind: 'modifiers', words: '⌥⌘' });
    expect(readPress(press('Control', 'ControlLeft'), 'other')).toEqual({ kind: 'modifiers', words: '' });
  });
});

describe('in the words of the platform', () => {
  test.each([
    ['CommandOrControl+Shift+A', 'Ctrl+Shift+A', 'Ctrl+Shift+A', '⇧⌘A'],
    ['Control+Alt+Up', 'Ctrl+Alt+↑', 'Ctrl+Alt+↑', '⌃⌥↑'],
    ['Super+num4', 'Super+Num 4', 'Win+Num 4', '⌘Num 4'],
    ['MediaPlayPause', 'Play/Pause', 'Play/Pause', 'Play/Pause'],
    ['CommandOrControl+Plus', 'Ctrl++', 'Ctrl++', '⌘+'],
  ])('%s', (accelerator, other, windows, mac) => {
    const parsed = v.parse(Accelerator, accelerator);
    expect(acceleratorWords(parsed, 'other')).toBe(other);
    expect(acceleratorWords(parsed, 'windows')).toBe(windows);
    expect(acceleratorWords(parsed, 'mac')).toBe(mac);
  });

  test('the platform is known by what the browser says', () => {
    expect([platformOf('MacIntel'), platformOf('Win32'), platformOf('Linux x86_64')]).toEqual(['mac', 'windows', 'other']);
    expect(modifierWords('windows')).toEqual(['Ctrl', 'Alt', 'Win']);
  });
});
