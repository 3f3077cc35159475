/**
 * Attacks on the Electron host, each from where it would come: a page that was taken over, a frame in it, the far
 * side of a chat or a call, a link, another program. Each is refused, with the code or the word that says so.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Profile } from '../support/ahoy.ts';
import { callFrom, expect, lookAway, practise, test } from '../support/desk.ts';
import { bubble, openChat, send } from '../support/main-window.ts';
import { fillSignIn, signIn } from '../support/sign-in.ts';

const logOf = ({ folder }: Profile): string => readFileSync(join(folder, 'log', 'ahoy.log'), 'utf8');

/** Runs in the page, as an injected script would. */
const inPage = (page: Page, script: string): Promise<unknown> => page.evaluate(script);

/** Asks as a script in the page would that knows the carrier; the failure's code. The page hears nothing else any more. */
function codeOf(page: Page, name: string, input: string): Promise<unknown> {
  return inPage(
    page,
    `new Promise((tell) => {
      window.transport.onMessage((message) => message.i === 'attack' && tell(message.r.ok ? 'ok' : message.r.failure.code));
      window.transport.send({ t: 'q', i: 'attack', m: 'ask', a: [${JSON.stringify(name)}, ${input}] });
      setTimeout(() => tell('no answer'), 5000);
    })`,
  );
}

async function stillWorks({ page }: Profile): Promise<void> {
  await send(page, 'still here');
  await expect(bubble(page, 'still here', 'received')).toBeVisible();
}

test('1. IPC from a foreign frame is not heard', async ({ desk }) => {
  const me = await desk.open();
  await practise(me);
  await inPage(
    me.page,
    `(() => {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      frame.contentWindow.transport?.send({ t: 'q', i: 'x', m: 'ask', a: ['practice.remove', {}] });
    })()`,
  );
  await expect.poll(() => logOf(me)).toContain('a message from a foreign frame was dropped');
  await stillWorks(me);
});

test('2. navigation leads nowhere', async ({ desk }) => {
  const me = await desk.open();
  await practise(me);
  const before = me.page.url();
  for (const url of ['https://evil.example/', 'file:///etc/passwd', 'data:text/html,evil', 'javascript:document.title=1'])
    await inPage(me.page, `location.href = ${JSON.stringify(url)}`).catch(() => undefined);
  await inPage(me.page, `Object.assign(document.createElement('a'), { href: 'https://evil.example/', target: '_self' }).click()`);
  expect(me.page.url()).toBe(before);
  expect((await me.standIn.state()).openedUrls).toEqual([]);
  await stillWorks(me);
});

test('3. a new window is denied; the web alone is offered, and a person is asked', async ({ desk }) => {
  const me = await desk.open();
  await practise(me);
  const windows = (await me.standIn.state()).windows.length;
  await inPage(me.page, `window.open('app://ahoy/index.html'); window.open('about:blank')`);
  await inPage(me.page, `window.open('https://example.org/')`);
  await expect.poll(async () => (await me.standIn.state()).dialogs.map(({ detail }) => detail)).toEqual(['https://example.org/']);
  // One question at a time, however often a page asks.
  await inPage(me.page, `for (let i = 0; i < 20; i += 1) window.open('https://example.org/' + i)`);
  await me.standIn.answerDialog(1);
  await expect.poll(async () => (await me.standIn.state()).dialogs).toEqual([]);
  expect((await me.standIn.state()).openedUrls).toEqual([]);
  // Who clicks again a moment later is asked again.
  await expect
    .poll(async () => {
      await inPage(me.page, `window.open('https://example.org/wanted')`);
      return (await me.standIn.state()).dialogs.length;
    })
    .toBe(1);
  await me.standIn.answerDialog(0);
  await expect.poll(async () => (await me.standIn.state()).openedUrls).toEqual(['https://example.org/wanted']);
  expect((await me.standIn.state()).windows.length).toBeLessThanOrEqual(windows + 2); // the card and the dial window made ready
});

test('4. only our own pages get a permission, and only those a call needs', async ({ desk }) => {
  const me = await desk.open();
  for (const [permission, origin, answer] of [
    ['media', 'app://ahoy/', true],
    ['speaker-selection', 'app://ahoy/', true],
    ['clipboard-sanitized-write', 'app://ahoy/', true],
    ['media', 'https://evil.example/', false],
    ['media', 'app://evil/', false],
    ['clipboard-read', 'app://ahoy/', false],
    ['geolocation', 'app://ahoy/', false],
    ['openExternal', 'app://ahoy/', false],
    ['fileSystem', 'app://ahoy/', false],
    ['hid', 'app://ahoy/', false],
  ] as const)
    expect([permission, origin, await me.standIn.permission(permission, origin)]).toEqual([permission, origin, answer]);
});

test('5. a payload cannot pollute prototypes: invalid-input', async ({ desk }) => {
  const me = await desk.open();
  await practise(me);
  const polluted = `JSON.parse('{"settings":{"__proto__":{"theme":"dark","polluted":true}},"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}')`;
  expect(await codeOf(me.page, 'settings.set', polluted)).toBe('invalid-input');
  expect(await codeOf(me.page, '__proto__.toString', '{}')).toBe('unknown-command');
  expect(await codeOf(me.page, 'accounts.constructor', '{}')).toBe('unknown-command');
  // A window asks its own domains only.
  expect(await codeOf(me.page, 'media.claim', `{ callId: 'x' }`)).toBe('not-permitted');
  const { id } = await me.standIn.windowAt('index.html');
  await me.standIn.crashRenderer(id);
  const fresh = await me.standIn.pageOf(id);
  await openChat(fresh, 'Echo');
  await send(fresh, 'still here');
  await expect(bubble(fresh, 'still here', 'received')).toBeVisible();
});

test('6. a payload that is too large is dropped, and the core goes on', async ({ desk }) => {
  const me = await desk.open();
  await practise(me);
  await inPage(me.page, `window.transport.send({ t: 'q', i: 'x', m: 'ask', a: ['people.add', 'x'.repeat(5 * 1024 * 1024)] })`);
  await expect.poll(() => logOf(me)).toContain('a message was too large and dropped');
  await stillWorks(me);
});

test('7. a script in a message is text, and the policy runs none', async ({ desk }) => {
  const me = await desk.open();
  await practise(me);
  const attack = `<img src=x onerror="window.hurt=1"><script>window.hurt=1</script> <iframe src="javascript:parent.hurt=1">`;
  await send(me.page, attack);
  await expect(bubble(me.page, attack, 'received')).toBeVisible();
  expect(await me.page.locator('article img, article script, article iframe').count()).toBe(0);
  expect(await inPage(me.page, 'window.hurt')).toBeUndefined();
  // In a task of the page's own: what a debugger evaluates is let off the policy.
  expect(
    await inPage(me.page, `new Promise((tell) => setTimeout(() => { try { tell(eval('"ran"')); } catch { tell('refused'); } }))`),
  ).toBe('refused');
  await inPage(
    me.page,
    `document.head.append(Object.assign(document.createElement('script'), { textContent: 'window.hurt = 1' })),
     document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.hurt=2">')`,
  );
  await expect.poll(() => inPage(me.page, 'window.hurt'), { timeout: 1_000 }).toBeUndefined();
});

test('8. a script in a display name is text in every window, in the tray and in the alert', async ({ desk, office }) => {
  const name = `<img src=x onerror="window.hurt=1">`;
  const [alice, mallory] = [await desk.open({ name: 'alice' }), await desk.open({ name: 'mallory' })];
  await signIn(alice.page, 'hardened', office.server);
  await fillSignIn(mallory.page, 'mallory', office.server);
  await mallory.page.getByLabel('Your name').fill(name);
  await mallory.page.getByRole('button', { name: 'Sign in' }).click();
  await expect(mallory.page.getByRole('button', { name: 'Sign in' })).toBeHidden();
  await lookAway(alice);
  await callFrom(mallory, 'hardened');
  await expect.poll(async () => (await alice.standIn.state()).notifications.map(({ title }) => title)).toEqual([name]);
  // A burst of changes redraws the menu once, a moment later.
  await expect.poll(async () => (await alice.standIn.state()).tray?.menu?.some(({ label }) => label.startsWith(name))).toBe(true);
  await expect.poll(async () => (await alice.standIn.windowAt('incoming.html')).visible).toBe(true);
  const card = await alice.standIn.pageOf((await alice.standIn.windowAt('incoming.html')).id);
  await expect(card.getByText(name)).toBeVisible();
  const atAlice = await alice.callWindow(() => card.getByRole('button', { name: 'Accept', exact: true }).click());
  await expect(atAlice.getByRole('heading', { name })).toBeVisible();
  for (const page of [alice.page, card, atAlice]) {
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect(await inPage(page, 'window.hurt')).toBeUndefined();
  }
});

test('9. file: and javascript: links in a text are no links, and go nowhere when asked for', async ({ desk }) => {
  const me = await desk.open();
  await practise(me);
  await send(me.page, 'javascript:window.hurt=1 file:///etc/passwd data:text/html,x https://example.org/ok');
  const links = bubble(me.page, 'https://example.org/ok', 'received').getByRole('link');
  await expect(links).toHaveCount(1);
  for (const url of [
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'smb://evil.example/x',
    'ms-settings:',
    'app://ahoy/',
  ])
    await inPage(me.page, `window.open(${JSON.stringify(url)})`);
  await expect.poll(() => logOf(me)).toContain('a link of a kind that is not opened');
  const state = await me.standIn.state();
  expect([state.openedUrls, state.dialogs, state.openedPaths]).toEqual([[], [], []]);
  // http: is not encrypted, and offered for copying alone.
  await inPage(me.page, `window.open('http://example.org/plain')`);
  await expect.poll(async () => (await me.standIn.state()).dialogs.length).toBe(1);
  await me.standIn.answerDialog(0);
  await expect.poll(async () => (await me.standIn.state()).clipboard).toBe('http://example.org/plain');
  expect((await me.standIn.state()).openedUrls).toEqual([]);
});

test('10. no path of the page protocol leads out of the built pages: 404', async ({ desk }) => {
  const { page } = await desk.open();
  for (const path of [
    '/package.json',
    '/../main/node.js',
    '/%2e%2e/%2e%2e/package.json',
    '/..%2f..%2fpackage.json',
    '/assets/../../main/node.js',
    '/assets/..%5c..%5cmain%5cnode.js',
    '/index.html%00.js',
  ])
    expect([path, await inPage(page, `fetch(${JSON.stringify(path)}).then((answer) => answer.status, () => 'refused')`)]).toEqual([
      path,
      404,
    ]);
  expect(await inPage(page, `fetch('//etc/passwd').then((answer) => answer.status, () => 'refused')`)).toBe('refused');
});

test('11. a link’s arguments are a link and nothing else', async ({ desk }) => {
  const me = await desk.open();
  await practise(me);
  const question = me.page.getByRole('dialog', { name: 'Call?' });
  for (const args of [
    ['sip:echo@practice.invalid', '--quit'],
    ['--', 'sip:echo@practice.invalid', '--status', 'busy', '--quit'],
    ['--quit', '--', 'sip:echo@practice.invalid'],
  ]) {
    expect(await me.standIn.secondInstance(args)).toMatchObject({ code: 0 });
    await expect(question).toBeVisible();
    await question.getByRole('button', { name: 'Cancel' }).click();
    await expect(question).toHaveCount(0);
  }
  await me.standIn.secondInstance(['--', '--quit']);
  await me.standIn.secondInstance(['ahoy:quit']);
  // Marks that turn the direction of text could hide another address behind a name.
  await me.standIn.secondInstance(['ahoy:call?to=bob%E2%80%AEgro.elpmaxe@live']);
  await expect(me.page.getByRole('button', { name: 'Your status: Available' })).toBeVisible();
  expect((await me.standIn.state()).windows.some(({ url }) => url.includes('call.html'))).toBe(false);
  // A loop of links is three questions at the most.
  for (let count = 0; count < 6; count += 1) await me.standIn.openUrl(`tel:+4420${count}`);
  for (let count = 0; count < 3; count += 1) await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(question).toHaveCount(0);
  await stillWorks(me);
});

test('12. a page sees four functions of the preload and nothing of Node or Electron', async ({ desk }) => {
  const { page } = await desk.open();
  expect(
    await inPage(
      page,
      `[Object.keys(window.transport).sort(), Object.isFrozen(window.transport), typeof require, typeof process, typeof module, typeof ipcRenderer]`,
    ),
  ).toEqual([['close', 'onClose', 'onMessage', 'send'], true, 'undefined', 'undefined', 'undefined', 'undefined']);
  expect(
    await inPage(
      page,
      `(() => { try { window.transport = {}; } catch { return 'refused'; } return window.transport.send !== undefined; })()`,
    ),
  ).toBe(true);
  expect(await inPage(page, `typeof window.transport.send.constructor('return process')`)).toBe('function');
  expect(
    await inPage(
      page,
      `new Promise((tell) => setTimeout(() => { try { tell(typeof window.transport.send.constructor('return process')()); } catch { tell('refused'); } }))`,
    ),
  ).toBe('refused');
});
