/** The small decisions of the desktop host that need no desktop. */
import { describe, expect, it } from 'vitest';
import { autostartEntry } from '../../../../../../main/hosts/electron/desktop/autostart-entry.ts';
import { besideOthers } from '../../../../../../main/hosts/electron/windows/beside-bounds.ts';
import { clampedTo } from '../../../../../../main/hosts/electron/windows/clamped-bounds.ts';
import { isSafeUpdateUrl, notesOf } from '../../../../../../main/hosts/electron/desktop/release-notes.ts';
import { textMenu, type TextUnderPointer } from '../../../../../../main/hosts/electron/windows/text-menu.ts';
import { zoomedBy } from '../../../../../../main/hosts/electron/windows/zoom-keys.ts';
import { hasStatusNotifier } from '../../../../../../main/hosts/electron/tray/status-notifier.ts';

const laptop = { x: 0, y: 0, width: 1366, height: 740 };
const beside = { x: 1366, y: -200, width: 1920, height: 1080 };

describe('a further call window', () => {
  const size = { width: 380, height: 560 };
  it.each([
    ['is placed by the system where it is the first', laptop, [], null],
    ['lies to the right of the others', laptop, [{ x: 100, y: 50, ...size }], { x: 492, y: 50 }],
    ['lies to the left where there is no room', laptop, [{ x: 900, y: 50, ...size }], { x: 508, y: 50 }],
    [
      'steps down from the last where the screen is full',
      { x: 0, y: 0, width: 800, height: 700 },
      [
        { x: 0, y: 40, ...size },
        { x: 392, y: 40, ...size },
      ],
      { x: 420, y: 72 },
    ],
    ['is not below the screen', laptop, [{ x: 100, y: 500, ...size }], { x: 492, y: 180 }],
  ])('%s', (_what, area, others, expected) => {
    expect(besideOthers(area, others, size)).toEqual(expected);
  });
});

describe('a window comes back to a screen that exists', () => {
  it.each([
    ['is left where it is', [laptop], { x: 100, y: 50, width: 800, height: 600 }, { x: 100, y: 50, width: 800, height: 600 }],
    [
      'may be on the second screen',
      [laptop, beside],
      { x: 1500, y: 0, width: 900, height: 700 },
      { x: 1500, y: 0, width: 900, height: 700 },
    ],
    [
      'is brought from a screen that is gone',
      [laptop],
      { x: 1500, y: 0, width: 900, height: 700 },
      { x: 233, y: 20, width: 900, height: 700 },
    ],
    ['is brought from above the screen', [laptop], { x: 100, y: -300, width: 800, height: 600 }, { x: 100, y: 0, width: 800, height: 600 }],
    ['shrinks to the screen', [laptop], { x: 0, y: 0, width: 2500, height: 1400 }, { x: 0, y: 0, width: 1366, height: 740 }],
    ['is never smaller than its least', [laptop], { x: 0, y: 0, width: 10, height: 10 }, { x: 503, y: 130, width: 360, height: 480 }],
    ['is left alone without any screen', [], { x: 5, y: 5, width: 800, height: 600 }, { x: 5, y: 5, width: 800, height: 600 }],
  ])('%s', (_what, areas, bounds, expected) => {
    expect(clampedTo(areas, bounds)).toEqual(expected);
  });
});

describe('the autostart entry', () => {
  it('quotes what is special in a command', () => {
    expect(autostartEntry({ program: '/opt/my "app"/ahoy$`', args: ['/a b', '100%'] })).toContain(
      String.raw`Exec="/opt/my \"app\"/ahoy\$\`" "/a b" "100%%" "--started-by-system"`,
    );
  });
});

describe('the tray of Linux', () => {
  const answering = (answers: Readonly<Record<string, string>>) => (program: string) => {
    const answer = answers[program];
    return answer === undefined ? Promise.reject(new Error('ENOENT')) : Promise.resolve(answer);
  };
  it.each([
    [{ 'dbus-send': 'method return time=1\n   boolean true\n' }, true],
    [{ 'dbus-send': '   boolean false\n' }, false],
    [{ gdbus: '(true,)\n' }, true],
    [{ busctl: 'b true\n' }, true],
    [{ 'dbus-send': '   boolean false\n', gdbus: '(true,)' }, false],
    [{}, false],
  ])('%j means %s', async (answers, there) => {
    expect(await hasStatusNotifier(answering(answers))).toBe(there);
  });
});

describe('release notes', () => {
  it.each([
    ['Plain text', 'Plain text'],
    ['<p>One</p><p>Two &amp; <b>three</b></p><script>alert(1)</script>', 'One\nTwo & three\nalert(1)'],
    [
      [
        { version: '1.1.0', note: 'New' },
        { version: '1.0.1', note: null },
      ],
      '1.1.0\nNew\n\n1.0.1',
    ],
    ['', null],
    [null, null],
  ])('%j read %j', (releaseNotes, text) => {
    expect(notesOf({ releaseNotes })).toBe(text);
  });
});

describe('an address for updates', () => {
  it.each([
    ['https://updates.example.org/ahoy', true],
    ['http://127.0.0.1:8080/', true],
    ['http://localhost/', true],
    ['http://updates.example.org/', false],
    ['http://127.0.0.1.example.org/', false],
    ['file:///etc/', false],
    ['nonsense', false],
  ])('%s is safe: %s', (url, safe) => {
    expect(isSafeUpdateUrl(url)).toBe(safe);
  });
});

describe('a right click', () => {
  const can = {
    canUndo: true,
    canRedo: true,
    canCut: true,
    canCopy: true,
    canPaste: true,
    canDelete: true,
    canSelectAll: true,
    canEditRichly: false,
  };
  const plain: TextUnderPointer = {
    misspelledWord: '',
    dictionarySuggestions: [],
    isEditable: false,
    selectionText: '',
    linkURL: '',
    editFlags: can,
  };
  const done: string[] = [];
  const actions = {
    replaceWord: (word: string) => done.push(`replace ${word}`),
    learnWord: (word: string) => done.push(`learn ${word}`),
    copyLink: (url: string) => done.push(`copy ${url}`),
  };
  const labels = (under: Partial<TextUnderPointer>): string[] =>
    textMenu({ ...plain, ...under }, actions).map(({ label, type }) => label ?? type ?? '');

  it.each([
    ['offers nothing where nothing lies', {}, []],
    ['copies what is selected', { selectionText: 'words' }, ['Copy']],
    ['edits what is typed', { isEditable: true }, ['Cut', 'Copy', 'Paste', 'Select all']],
    [
      'mends a word',
      { isEditable: true, misspelledWord: 'helo', dictionarySuggestions: ['hello', 'help'] },
      ['hello', 'help', 'Add “helo” to dictionary', 'separator', 'Cut', 'Copy', 'Paste', 'Select all'],
    ],
    ['copies a link', { linkURL: 'https://example.org/' }, ['Copy link']],
    ['has no link into our own pages', { linkURL: 'app://ahoy/index.html' }, []],
  ])('%s', (_what, under, expected) => {
    expect(labels(under)).toEqual(expected);
  });

  it('does what was chosen', () => {
    const menu = textMenu({ ...plain, misspelledWord: 'helo', dictionarySuggestions: ['hello'], linkURL: 'tel:+4420' }, actions);
    for (const item of menu) (item.click as (() => void) | undefined)?.();
    expect(done).toEqual(['replace hello', 'learn helo', 'copy +4420']);
  });
});

describe('zoom keys', () => {
  const press = (key: string, change: object = {}) =>
    ({ type: 'keyDown', key, control: true, meta: false, alt: false, shift: false, ...change }) as Parameters<typeof zoomedBy>[0];
  it.each([
    ['+', 1, 1.5],
    ['=', 1, 1.5],
    ['-', 1, 0.5],
    ['0', 3, 0],
    ['+', 5, 5],
    ['-', -3, -3],
    ['k', 1, null],
  ])('%s at %d leads to %d', (key, level, expected) => {
    expect(zoomedBy(press(key), level)).toBe(expected);
  });
  it('are none without Ctrl or Cmd, with Alt, or let go', () => {
    expect([{ control: false }, { alt: true }, { type: 'keyUp' }].map((change) => zoomedBy(press('+', change), 1))).toEqual([
      null,
      null,
      null,
    ]);
    expect(zoomedBy(press('+', { control: false, meta: true }), 1)).toBe(1.5);
  });
});
