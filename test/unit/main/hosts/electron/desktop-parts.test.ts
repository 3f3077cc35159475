/** The small decisions of the desktop host that need no desktop. */
import { describe, expect, it } from 'vitest';
import { autostartEntry } from '../../../../../main/hosts/electron/autostart-entry.ts';
import { besideOthers } from '../../../../../main/hosts/electron/beside-bounds.ts';
import { clampedTo } from '../../../../../main/hosts/electron/clamped-bounds.ts';
import { isSafeUpdateUrl, notesOf } from '../../../../../main/hosts/electron/release-notes.ts';
import { hasStatusNotifier } from '../../../../../main/hosts/electron/status-notifier.ts';

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
