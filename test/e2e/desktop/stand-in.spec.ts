/** The stand-in for Electron itself, by a small app: what it backs, and what it refuses as Electron would. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startProgram } from '../../support/child-program.ts';
import { expect, test as base } from '../support/ahoy.ts';
import { startOnStandIn, type OpenedStandIn, type StartOptions } from '../support/opened-host.ts';
import type { StandIn, WindowState } from '../support/stand-in.ts';

const ENTRY = 'test/fixtures/stand-in-app/main.js';

interface SmallApp extends OpenedStandIn {
  readonly folder: string;
  /** Waits for what the app says. */
  says(pattern: RegExp): Promise<string>;
  /** How often it said it. */
  said(pattern: RegExp): number;
}

type Start = (options?: StartOptions & { folder?: string; windows?: boolean }) => Promise<SmallApp>;

const test = base.extend<{ start: Start }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures wanted from the pattern
  start: async ({}, use, info) => {
    info.skip(info.project.name !== 'electron-stand-in', 'about the stand-in alone');
    const opened: SmallApp[] = [];
    const folders: string[] = [];
    await use(async ({ folder = mkdtempSync(join(tmpdir(), 'ahoy-small-')), windows = true, ...options } = {}) => {
      folders.push(folder);
      const app = await startOnStandIn(folder, ENTRY, options);
      const small: SmallApp = {
        ...app,
        folder,
        says: async (pattern) => (await app.program.waitFor(new RegExp(`^app: ${pattern.source}.*$`, 'm')))[0],
        said: (pattern) => [...app.program.output().matchAll(new RegExp(`^app: ${pattern.source}.*$`, 'gm'))].length,
      };
      opened.push(small);
      await small.says(/up$/);
      if (windows) await small.says(/loaded/);
      return small;
    });
    if (info.status !== info.expectedStatus) for (const app of opened) process.stdout.write(`---\n${app.program.output()}\n`);
    for (const app of opened) {
      await app.program.stop('SIGKILL');
      await app.loseWindows();
      await app.close().catch(() => undefined);
    }
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  },
});

const onlyWindow = async (standIn: StandIn): Promise<WindowState> => {
  const { windows } = await standIn.state();
  expect(windows).toHaveLength(1);
  return windows[0]!;
};

const seen = (page: Page): Promise<unknown> => page.evaluate('window.seen');

test('windows that are not confined, early use, and what is not backed are refused with Electron’s reasons', async ({ start }) => {
  const app = await start();
  for (const [attempt, reason] of [
    ['window-before-ready', 'Cannot create BrowserWindow before app is ready'],
    ['session-before-ready', 'Session can only be received when app is ready'],
    ['path-not-there', 'Failed to set path'],
    ['bad-accelerator', 'conversion failure'],
    ['missing-icon', 'Failed to load image'],
    ['bad-url', 'Invalid URL'],
    ['declared-late', 'should be called before app is ready'],
    ['not-backed', 'does not back app.startAppShimServer'],
  ] as const)
    expect(await app.says(new RegExp(`attempt ${attempt} `))).toContain(reason);
  for (const name of ['sandbox', 'contextIsolation', 'nodeIntegration', 'nodeIntegrationInSubFrames', 'nodeIntegrationInWorker'])
    expect(await app.says(new RegExp(`attempt window-${name} `))).toContain(`not hardened: ${name}`);
  for (const name of ['webviewTag', 'webSecurity', 'allowRunningInsecureContent', 'experimentalFeatures'])
    expect(await app.says(new RegExp(`attempt window-${name} `))).toContain(`not hardened: ${name}`);
  expect((await app.standIn.state()).windows).toHaveLength(1);
});

test('a name that is not backed fails at its import, and at its reading where it is required', async ({ start }) => {
  await start();
  const node = (script: string): ReturnType<typeof startProgram> =>
    startProgram(process.execPath, ['--import', './test/support/electron-stand-in/register.js', '--input-type=module', '--eval', script]);
  const imports = node(`import { inAppPurchase } from 'electron'; console.log(inAppPurchase)`);
  expect(await imports.exited).not.toBe(0);
  expect(imports.output()).toContain('inAppPurchase');
  const requires = node(
    `import required from './test/fixtures/stand-in-app/required.cjs'; console.log('got', required.version()); try { required.missing() } catch (error) { console.log(error.message) } process.exit(0)`,
  );
  await requires.exited;
  expect(requires.output()).toMatch(/got \d/);
  expect(requires.output()).toContain('does not back inAppPurchase');
});

test('a preload has six modules and no others; the page sees what it exposes, and gets answers', async ({ start }) => {
  const app = await start();
  const page = await app.standIn.pageOf((await onlyWindow(app.standIn)).id);
  const tried = await page.evaluate<Record<string, string>>('bridge.tried');
  for (const name of ['electron', 'events', 'timers', 'url', 'node:events', 'node:timers', 'node:url']) expect(tried[name]).toBe('there');
  for (const name of ['fs', 'node:fs', 'child_process', './other.cjs']) expect(tried[name]).toBe(`module not found: ${name}`);
  expect(await page.evaluate('bridge.argv')).toEqual(['--window=main']);
  expect(await page.evaluate('bridge.double(21)')).toBe(42);
  expect(await page.evaluate(`bridge.ask('me')`)).toBe('you asked me');
  expect(
    await page.evaluate(`(() => { try { bridge.sayFunction(); return 'sent'; } catch (error) { return error.message; } })()`),
  ).toContain('clone');
  await page.evaluate(`bridge.say('hello')`);
  expect(await app.says(/hears "hello"/)).toContain('true "app://small/small.html"');
  await expect.poll(() => seen(page)).toEqual(['hello']);
});

test('a frame in a page has a sender of its own', async ({ start }) => {
  const app = await start();
  const page = await app.standIn.pageOf((await onlyWindow(app.standIn)).id);
  await page.evaluate(`document.body.append(document.createElement('iframe')); frames[0].bridge.say('from the frame')`);
  expect(await app.says(/hears "from the frame"/)).toContain('false "about:blank"');
});

test('a page goes nowhere unasked and opens nothing itself', async ({ start }) => {
  const app = await start();
  const page = await app.standIn.pageOf((await onlyWindow(app.standIn)).id);
  await page.evaluate(`location.href = 'https://evil.example/'`);
  expect(await app.says(/will-navigate/)).toContain('{"same":true,"url":"https://evil.example/"}');
  await page.evaluate(`window.open('https://example.org/', '', 'width=100')`);
  expect(await app.says(/opens "https:\/\/example.org\/"/)).toContain('new-window');
  await page.evaluate(`document.body.insertAdjacentHTML('beforeend', '<a target="_blank" href="https://example.com/">there</a>')`);
  await page.getByText('there').click();
  await app.says(/opens "https:\/\/example.com\/" "foreground-tab"/);
  expect(page.url()).toContain('small.html');
  expect(app.context.pages().filter((one) => one.url() !== 'about:blank')).toHaveLength(1);
});

test('permissions that the app refuses are refused to the page', async ({ start }) => {
  const app = await start();
  const page = await app.standIn.pageOf((await onlyWindow(app.standIn)).id);
  const state = (name: string): Promise<unknown> =>
    page.evaluate(`navigator.permissions.query({ name: '${name}' }).then(({ state }) => state)`);
  expect(await Promise.all(['notifications', 'geolocation', 'microphone', 'camera'].map(state))).toEqual([
    'granted',
    'denied',
    'denied',
    'denied',
  ]);
  const outcome = (script: string): Promise<unknown> => page.evaluate(`${script}.then(() => 'had', ({ name }) => name)`);
  expect(await outcome('navigator.mediaDevices.getUserMedia({ audio: true })')).toBe('NotAllowedError');
  expect(await outcome('navigator.mediaDevices.getDisplayMedia({ video: true })')).toBe('NotAllowedError');
  expect(await app.standIn.permission('media', 'app://small/', 'audio')).toBe(false);
});

test('one instance a profile: the second tells the first and goes; a lock of the dead is taken over', async ({ start }) => {
  const app = await start();
  const second = await app.standIn.secondInstance(['--name=second', 'sip:bob@sip.test']);
  expect(second.code).toBe(0);
  expect(second.output).toContain('app: lock false');
  expect(await app.says(/second-instance/)).toContain('["sip:bob@sip.test"] true {"from":"second"}');
  await app.program.stop('SIGKILL');
  await app.loseWindows();
  const again = await start({ folder: app.folder });
  await again.says(/lock true/);
  // What takes over hears the next one.
  expect((await again.standIn.secondInstance(['last'])).output).toContain('app: lock false');
  expect(await again.says(/second-instance/)).toContain('["last"]');
});

test('a tray: picture, tip, click, items by their labels, radio groups, checks', async ({ start }) => {
  const app = await start();
  const { tray } = await app.standIn.state();
  expect(tray).toMatchObject({
    toolTip: 'Small app',
    image: { size: { width: 16, height: 16 }, scaleFactors: [1, 2], template: true, empty: false },
  });
  expect(tray?.image.file).toContain('trayTemplate.png');
  await app.standIn.clickTray();
  await app.says(/tray click/);
  await app.standIn.clickTrayItem('Status', 'Away');
  await app.says(/status "Away" true/);
  const status = (await app.standIn.state()).tray?.menu?.find(({ label }) => label === 'Status')?.submenu;
  expect(status?.map(({ label, checked }) => [label, checked])).toEqual([
    ['Available', false],
    ['Away', true],
  ]);
  await app.standIn.clickTrayItem('Mute');
  await app.says(/mute true/);
  await expect(app.standIn.clickTrayItem('Not now')).rejects.toThrow('disabled');
  await expect(app.standIn.clickTrayItem('Never seen')).rejects.toThrow('no item');
  await app.standIn.clickTrayItem('Copy');
  expect((await app.standIn.state()).clipboard).toBe('copied');
});

test('a notification: reply, action, click, dismissal, each with Electron’s arguments', async ({ start }) => {
  const app = await start();
  const notice = async (): Promise<string> => {
    await app.standIn.clickTrayItem('Write a notice');
    const { notifications } = await app.standIn.state();
    expect(notifications).toMatchObject([{ title: 'Bob', body: 'hello', silent: true, hasReply: true, actions: ['Read'] }]);
    return notifications[0]!.id;
  };
  await app.standIn.replyToNotification(await notice(), 'grüße 👋');
  await app.says(/notice reply "grüße 👋" "grüße 👋"/);
  await app.standIn.notificationAction(await notice(), 0);
  await app.says(/notice action 0 0/);
  await app.standIn.clickNotification(await notice());
  await app.says(/notice click/);
  const last = await notice();
  await expect(app.standIn.notificationAction(last, 1)).rejects.toThrow('has the actions Read');
  await app.standIn.dismissNotification(last);
  await app.says(/notice close "userCanceled"/);
  expect((await app.standIn.state()).notifications).toEqual([]);
  await expect(app.standIn.clickNotification(last)).rejects.toThrow('no notification');
});

test('shortcuts: pressed, refused when another program has them, unknown to a press', async ({ start }) => {
  const app = await start();
  await app.says(/registered true true/);
  await app.standIn.pressShortcut('Shift+Ctrl+A');
  await app.says(/shortcut/);
  await expect(app.standIn.pressShortcut('Alt+F4')).rejects.toThrow('no shortcut');
  await app.standIn.takeShortcut('Option+F9');
  const page = await app.standIn.pageOf((await onlyWindow(app.standIn)).id);
  await page.evaluate(`bridge.say('register')`);
  await app.says(/registers false/);
  await app.standIn.giveShortcutBack('Alt+F9');
  await page.evaluate(`bridge.say('register')`);
  await app.says(/registers true/);
  expect((await app.standIn.state()).shortcuts).toEqual(['CommandOrControl+Shift+A', 'Alt+F9']);
});

test('one window has the focus, pages know it, and it goes to the one before when a window closes', async ({ start }) => {
  const app = await start();
  const main = await onlyWindow(app.standIn);
  const page = await app.standIn.pageOf(main.id);
  expect(await page.evaluate('window.first')).toEqual([true, 'visible']);
  const focusOf = async (): Promise<boolean[]> => (await app.standIn.state()).windows.map(({ focused }) => focused);
  await app.standIn.clickTrayItem('Open second');
  await expect.poll(focusOf).toEqual([false, true]);
  await expect.poll(() => page.evaluate('document.hasFocus()')).toBe(false);
  await expect.poll(() => seen(page)).toEqual(['blur']);
  const second = (await app.standIn.state()).windows[1]!.id;
  await expect.poll(async () => (await app.standIn.pageOf(second)).evaluate('window.first')).toEqual([true, 'visible']);
  await app.standIn.closeWindow(second);
  await expect.poll(focusOf).toEqual([true]);
  await expect.poll(() => seen(page)).toEqual(['blur', 'focus']);
  await app.standIn.blurWindows();
  await expect.poll(() => seen(page)).toEqual(['blur', 'focus', 'blur']);
  await app.standIn.clickTrayItem('Show quietly');
  expect(await focusOf()).toEqual([false]);
  await app.standIn.focusWindow(main.id);
  await expect.poll(() => page.evaluate('document.hasFocus()')).toBe(true);
  await app.standIn.minimizeWindow(main.id);
  await expect
    .poll(() => page.evaluate('[document.hasFocus(), document.visibilityState, document.hidden]'))
    .toEqual([false, 'hidden', true]);
});

test('a page without throttling is told that it is visible, whatever becomes of its window', async ({ start }) => {
  const app = await start({ args: ['--no-throttling'] });
  const { id } = await onlyWindow(app.standIn);
  const page = await app.standIn.pageOf(id);
  await app.standIn.minimizeWindow(id);
  await expect.poll(() => page.evaluate('[document.hasFocus(), document.visibilityState]')).toEqual([false, 'visible']);
  expect(await seen(page)).toEqual(['blur']);
});

test('a hidden window has a page and no focus', async ({ start }) => {
  const app = await start({ args: ['--hidden'] });
  const window = await onlyWindow(app.standIn);
  expect(window).toMatchObject({ visible: false, focused: false });
  const page = await app.standIn.pageOf(window.id);
  await expect(page.getByText('small app')).toBeVisible();
  expect(await page.evaluate('window.first')).toEqual([false, 'visible']);
  await app.standIn.clickTrayItem('Focus');
  expect(await onlyWindow(app.standIn)).toMatchObject({ visible: false, focused: false });
  expect(app.said(/window (show|focus)/)).toBe(0);
});

test('an app without a window is driven too', async ({ start }) => {
  const app = await start({ args: ['--no-window'], windows: false });
  expect((await app.standIn.state()).windows).toEqual([]);
  await app.standIn.activate();
  await app.says(/activate false/);
  await app.standIn.openUrl('tel:+1');
  await app.says(/open-url "tel:\+1"/);
});

test('a page that crashes is gone for main, and a reload brings a new one with its preload', async ({ start }) => {
  const app = await start();
  const { id } = await onlyWindow(app.standIn);
  const page = await app.standIn.pageOf(id);
  await app.standIn.crashRenderer(id);
  expect(await app.says(/gone/)).toContain('"reason":"crashed"');
  expect((await onlyWindow(app.standIn)).crashed).toBe(true);
  await app.standIn.clickTrayItem('Reload');
  await expect.poll(async () => (await onlyWindow(app.standIn)).crashed).toBe(false);
  const fresh = await app.standIn.pageOf(id);
  expect(fresh).not.toBe(page);
  await expect(fresh.getByText('small app')).toBeVisible();
  expect(await fresh.evaluate(`bridge.ask('again')`)).toBe('you asked again');
  expect(app.said(/window closed/)).toBe(0);
});

test('a window that refuses to close stays, and keeps the app from quitting', async ({ start }) => {
  const app = await start({ args: ['--keep'] });
  const { id } = await onlyWindow(app.standIn);
  const page = await app.standIn.pageOf(id);
  await app.standIn.closeWindow(id);
  await expect.poll(async () => (await onlyWindow(app.standIn)).visible).toBe(false);
  expect(await page.evaluate(`bridge.ask('still')`)).toBe('you asked still');
  await app.standIn.quit();
  await app.says(/before-quit/);
  expect((await onlyWindow(app.standIn)).id).toBe(id);
  expect(await page.evaluate(`bridge.ask('and still')`)).toBe('you asked and still');
  expect(app.said(/will-quit|window closed/)).toBe(0);
});

test('quitting that is prevented once goes through the second time, in Electron’s order', async ({ start }) => {
  const app = await start({ args: ['--stay'] });
  await app.standIn.clickTrayItem('Quit');
  await app.says(/before-quit/);
  expect(await onlyWindow(app.standIn)).toMatchObject({ visible: true });
  await app.standIn.quit();
  expect(await app.program.exited).toBe(0);
  const order = [...app.program.output().matchAll(/^app: (before-quit|will-quit|quit 0|window closed|all closed)$/gm)].map(
    ([, what]) => what,
  );
  expect(order).toEqual(['before-quit', 'before-quit', 'window closed', 'will-quit', 'quit 0']);
});

test('without quitting, the last window tells that all are closed', async ({ start }) => {
  const app = await start();
  await app.standIn.closeWindow((await onlyWindow(app.standIn)).id);
  await app.says(/all closed/);
  expect((await app.standIn.state()).windows).toEqual([]);
});

test('bounds: what a person does and what the app does, never under the least size; displays come and go', async ({ start }) => {
  const app = await start();
  const { id } = await onlyWindow(app.standIn);
  await app.standIn.moveWindow(id, { x: 10, y: 20, width: 640, height: 480 });
  await app.says(/window moved/);
  await app.says(/window resized/);
  const page = await app.standIn.pageOf(id);
  await expect.poll(() => page.evaluate('[innerWidth, innerHeight]')).toEqual([640, 480]);
  await app.standIn.clickTrayItem('Too small');
  expect((await onlyWindow(app.standIn)).bounds).toEqual({ x: 10, y: 20, width: 300, height: 200 });
  expect(app.said(/window resized/)).toBe(1);
  const laptop = { id: 1, bounds: { x: 0, y: 0, width: 1280, height: 800 } };
  await app.standIn.setDisplays([laptop, { id: 2, bounds: { x: 1280, y: 0, width: 1920, height: 1080 } }]);
  await app.says(/display-metrics-changed 1 \["bounds","workArea"\]/);
  await app.standIn.setDisplays([laptop]);
  await app.says(/display-removed 2/);
});

test('sleep, lock and idleness are told', async ({ start }) => {
  const app = await start();
  await app.standIn.setIdleSeconds(90);
  await app.standIn.suspend();
  await app.says(/suspend "idle"/);
  await app.standIn.setIdleSeconds(1);
  await app.standIn.resume();
  await app.says(/resume "active"/);
  await app.standIn.lock();
  await app.says(/lock-screen "locked"/);
  await app.standIn.unlock();
  await app.says(/unlock-screen "active"/);
});

test('a dialog waits for its answer', async ({ start }) => {
  const app = await start();
  await expect(app.standIn.answerDialog(0)).rejects.toThrow('no dialog');
  await app.standIn.clickTrayItem('Ask');
  expect((await app.standIn.state()).dialogs).toMatchObject([{ message: 'Really?', buttons: ['Yes', 'No'] }]);
  await expect(app.standIn.answerDialog(2)).rejects.toThrow('has the buttons');
  await app.standIn.answerDialog(null);
  expect(await app.says(/answer/)).toContain('{"response":1,');
});

for (const [keyring, answer] of [
  ['gnome_libsecret', [true, 'gnome_libsecret', 'secret']],
  ['basic_text', [true, 'basic_text', 'secret']],
  ['none', [false, 'unknown', 'refused']],
] as const)
  test(`safeStorage on a system with ${keyring}`, async ({ start }) => {
    const app = await start({ env: { AHOY_STAND_IN_KEYRING: keyring } });
    expect(await app.says(/attempt keyring /)).toContain(JSON.stringify(answer));
  });

test('net asks before it follows a redirect', async ({ start }) => {
  const server = createServer((request, response) => {
    if (request.url === '/old') response.writeHead(302, { location: '/new' }).end();
    else response.end('moved here');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const app = await start();
  await app.standIn.setClipboard(`http://127.0.0.1:${(server.address() as AddressInfo).port}/old`);
  await app.standIn.clickTrayItem('Fetch');
  await app.says(/redirect 302 "GET" "\/new"/);
  await app.says(/response 200 "moved here"/);
  await app.says(/request closed/);
  await new Promise((resolve) => server.close(resolve));
});
