import { describe, expect, it } from 'vitest';
import { importsOf, inlineScripts, linksOf, runsText, unresolved } from '../../../scripts/dist-code.ts';
import { PACKED, TARGETS, compare, resourcesOf, unpackedOf } from '../../../scripts/dist-files.ts';
import { packagesInMap, readLicenceList } from '../../../scripts/dist-licences.ts';
import { desktopFaults, fpmFaults, readFpmArguments } from '../../../scripts/dist-linux.ts';

describe('the list of packed files', () => {
  it('has no line for a folder', () => {
    const lines = TARGETS.flatMap((target) => [...PACKED, ...unpackedOf(target), ...resourcesOf(target)]);
    expect(lines.filter((line) => /[*?{}]/.test(line) || line.endsWith('/'))).toEqual([]);
  });

  it('takes a chunk by its name and hash, and nothing beside it', () => {
    const lines = ['out/main/chunks/[name]-[hash].js'];
    expect(compare(['out/main/chunks/practice-exchange-wq38_oj8.js'], lines)).toEqual({ unlisted: [], missing: [] });
    expect(compare(['out/main/chunks/more/a-wq38_oj8.js'], lines).unlisted).toHaveLength(1);
    expect(compare(['out/main/chunks/a-wq38_oj8.js.map'], lines).unlisted).toHaveLength(1);
  });

  it('says what is too much and what is missing', () => {
    expect(compare(['a.js', 'b.js'], ['a.js', 'c.js'])).toEqual({ unlisted: ['b.js'], missing: ['c.js'] });
  });

  it('reads a dot as a dot', () => {
    expect(compare(['packageXjson'], ['package.json']).unlisted).toEqual(['packageXjson']);
  });
});

describe('text run as code', () => {
  it.each([
    'eval(text)',
    '(0, eval)("1")',
    'globalThis.eval(text)',
    'new Function("a", "return a")',
    'Function(text)',
    'window.Function(text)',
    'setTimeout("go()", 1)',
    'setInterval(`go(${1})`, 1)',
  ])('is found in %s', (code) => {
    expect(runsText('a.js', `const one = 1;\n${code};`)).toEqual([{ line: 2, code }]);
  });

  it.each(['"eval(1)"', '/* eval(1) */ 1', 'evaluate(1)', 'x.eval(1)', 'setTimeout(go, 1)', 'function Function2() {}', 'new Functional()'])(
    'is not found in %s',
    (code) => {
      expect(runsText('a.js', code)).toEqual([]);
    },
  );

  it('is found in pages: scripts without a file, handlers, links', () => {
    expect(inlineScripts('<script type="module" src="/a.js"></script>')).toEqual([]);
    expect(inlineScripts('<script>go()</script>')).toHaveLength(1);
    expect(inlineScripts('<body onload="go()">')).toHaveLength(1);
    expect(inlineScripts('<a href="javascript:go()">')).toHaveLength(1);
  });
});

describe('what is loaded', () => {
  it('is read from imports, exports and require', () => {
    const code = `import a from './a.js'; export * from './b.js'; const c = await import('./c.js'); const d = require('d'); import('./' + e);`;
    expect(importsOf('x.js', code)).toEqual(['./a.js', './b.js', './c.js', 'd']);
    expect(linksOf('<link href="/assets/a.css"><script src="/assets/a.js"></script>')).toEqual(['/assets/a.css', '/assets/a.js']);
  });

  it('is in the package, in Node, or missing', () => {
    const packed = new Set(['out/main/a.js', 'node_modules/better-sqlite3/lib/util.js', 'out/renderer/assets/a.css']);
    expect(unresolved('out/main/x.js', ['./a.js', 'node:fs', 'fs', 'electron', 'better-sqlite3', 'bufferutil'], packed)).toEqual([]);
    expect(unresolved('node_modules/better-sqlite3/lib/index.js', ['./util'], packed)).toEqual([]);
    expect(unresolved('out/renderer/index.html', ['/assets/a.css'], packed)).toEqual([]);
    expect(unresolved('out/main/x.js', ['./b.js', '@napi-rs/keyring'], packed)).toEqual(['./b.js', '@napi-rs/keyring']);
  });
});

describe('licences', () => {
  it('are read from a list with the names that lack a text', () => {
    const list = '# Licenses\n\n## one - 1.0.0 (MIT)\n\nText\n\n## @two/three - 2.0.0 (ISC)\n\n## four - 1.0.0 (MIT)\nText\n';
    expect(readLicenceList(list)).toEqual({ names: ['one', '@two/three', 'four'], withoutText: ['@two/three'] });
  });

  it('are wanted for what a source map shows', () => {
    const sources = [
      '../../main/node.ts',
      '../node_modules/ws/lib/a.js',
      '../node_modules/a/node_modules/@b/c/d.js',
      '../node_modules/ws/b.js',
    ];
    expect(packagesInMap(JSON.stringify({ sources }))).toEqual(['@b/c', 'ws']);
  });
});

const ICONS = [16, 32];
const GOOD = [
  '-s dir --force -t deb -d libgtk-3-0 -d libnss3 -d libasound2 --architecture amd64 --name ahoy --version 1.2.3 --license MIT --maintainer',
].flatMap((words) => [
  ...words.split(' '),
  'The Ahoy authors <ahoy@ahoy.invalid>',
  '/tmp/packed/=/opt/Ahoy',
  '/tmp/a.desktop=/usr/share/applications/ahoy.desktop',
  '/tmp/m.xml=/usr/share/metainfo/org.ahoy.Ahoy.metainfo.xml',
  ...ICONS.map((size) => `/tmp/${size}.png=/usr/share/icons/hicolor/${size}x${size}/apps/ahoy.png`),
]);

describe('what fpm is asked for', () => {
  const faults = (args: readonly string[], arch: 'x64' | 'arm64' = 'x64'): string[] =>
    fpmFaults(readFpmArguments(args), arch, '1.2.3', ICONS);

  it('is read with its dependencies, options and files', () => {
    const request = readFpmArguments(GOOD);
    expect(request).toMatchObject({ type: 'deb', architecture: 'amd64', depends: ['libgtk-3-0', 'libnss3', 'libasound2'] });
    expect(request.options.get('maintainer')).toBe('The Ahoy authors <ahoy@ahoy.invalid>');
    expect(request.files.get('/tmp/packed/')).toBe('/opt/Ahoy');
  });

  it('is in order', () => {
    expect(faults(GOOD)).toEqual([]);
  });

  it('has faults: architecture, version, dependencies, a missing file, one too many', () => {
    expect(faults(GOOD, 'arm64')).toEqual(['deb: architecture amd64, not arm64']);
    expect(faults(GOOD.map((word) => (word === '1.2.3' ? '1.2.4' : word)))).toEqual(['deb: version is 1.2.4, not 1.2.3']);
    expect(faults(GOOD.map((word) => (word === 'libnss3' ? 'libc6' : word)))).toEqual(['deb: gtk, nss or sound is no dependency']);
    expect(faults(GOOD.filter((word) => !word.includes('metainfo')))).toEqual([
      'deb: nothing goes to /usr/share/metainfo/org.ahoy.Ahoy.metainfo.xml',
      'deb: 4 places are written to, not 5',
    ]);
    expect(faults([...GOOD, '/etc/a=/etc/b'])).toEqual(['deb: 6 places are written to, not 5']);
  });

  it('is not guessed at', () => {
    expect(() => readFpmArguments(['what'])).toThrow('what is what?');
  });
});

it('a desktop file opens the four kinds of link, behind --', () => {
  const good =
    '[Desktop Entry]\nName=Ahoy\nExec=ahoy -- %u\nIcon=ahoy\nStartupWMClass=ahoy\nMimeType=x-scheme-handler/sip;x-scheme-handler/sips;x-scheme-handler/tel;x-scheme-handler/ahoy;\n';
  expect(desktopFaults(good, 'ahoy -- %u')).toEqual([]);
  expect(desktopFaults(good.replace(' -- ', ' '), 'ahoy -- %u')).toEqual(['desktop file: Exec is ahoy %u, not ahoy -- %u']);
  expect(desktopFaults(good.replace('x-scheme-handler/tel;', ''), 'ahoy -- %u')).toHaveLength(1);
});
