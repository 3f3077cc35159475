/** Attacks on the Electron host, each from where it would come: a page, a frame in it, or the far side of a chat. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test, type OpenProfile, type Profile } from '../support/ahoy.ts';
import { bubble, openChat, send } from '../support/main-window.ts';

async function practising(openProfile: OpenProfile): Promise<Profile> {
  const me = await openProfile();
  await me.page.getByRole('button', { name: 'Try it without an account' }).click();
  await openChat(me.page, 'Echo');
  return me;
}

const logOf = ({ folder }: Profile): string => readFileSync(join(folder, 'log', 'ahoy.log'), 'utf8');

/** Runs in the page, as an injected script would. */
const inPage = (page: Page, script: string): Promise<unknown> => page.evaluate(script);

test('a page stays where it is and opens nothing by itself', async ({ openProfile }) => {
  const me = await practising(openProfile);
  const before = me.page.url();
  await inPage(me.page, `location.href = 'https://evil.example/'`);
  await inPage(me.page, `['file:///etc/passwd', 'javascript:alert(1)', 'app://ahoy/index.html'].forEach((url) => window.open(url))`);
  await inPage(me.page, `window.open('https://example.org/')`);
  // The web alone is offered, and a person is asked.
  await expect.poll(async () => (await me.standIn.state()).dialogs.map(({ detail }) => detail)).toEqual(['https://example.org/']);
  await me.standIn.answerDialog(0);
  await expect.poll(async () => (await me.standIn.state()).openedUrls).toEqual(['https://example.org/']);
  expect(me.page.url()).toBe(before);
  expect(me.context.pages().filter((page) => page.url().endsWith('index.html'))).toHaveLength(1);
  await send(me.page, 'still here');
  await expect(bubble(me.page, 'still here', 'received')).toBeVisible();
});

test('a frame in the page is not heard by the core', async ({ openProfile }) => {
  const me = await practising(openProfile);
  await inPage(
    me.page,
    `(() => {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      frame.contentWindow.transport?.send({ t: 'q', i: 'x', m: 'ask', a: ['accounts.remove', {}] });
    })()`,
  );
  await expect.poll(() => logOf(me)).toContain('foreign frame');
});

test('a page sees four functions of the preload and nothing of Node or Electron', async ({ openProfile }) => {
  const { page } = await openProfile();
  expect(
    await inPage(
      page,
      `[Object.keys(window.transport).sort(), Object.isFrozen(window.transport), typeof require, typeof process, typeof module, typeof ipcRenderer]`,
    ),
  ).toEqual([['close', 'onClose', 'onMessage', 'send'], true, 'undefined', 'undefined', 'undefined', 'undefined']);
});

test('a message that is too large for the contract is dropped, and the core goes on', async ({ openProfile }) => {
  const me = await practising(openProfile);
  await inPage(me.page, `window.transport.send({ t: 'q', i: 'x', m: 'ask', a: ['people.add', 'x'.repeat(5 * 1024 * 1024)] })`);
  await expect.poll(() => logOf(me)).toContain('too large');
  await send(me.page, 'still here');
  await expect(bubble(me.page, 'still here', 'received')).toBeVisible();
});

test('only our own pages get a permission, and only those a call needs', async ({ openProfile }) => {
  const me = await openProfile();
  for (const [permission, origin, answer] of [
    ['media', 'app://ahoy/', true],
    ['media', 'https://evil.example/', false],
    ['geolocation', 'app://ahoy/', false],
    ['openExternal', 'app://ahoy/', false],
  ] as const)
    expect([permission, origin, await me.standIn.permission(permission, origin)]).toEqual([permission, origin, answer]);
});

test('no path of the page protocol leads out of the built pages', async ({ openProfile }) => {
  const { page } = await openProfile();
  for (const path of [
    '/../main/node.js',
    '/%2e%2e/%2e%2e/package.json',
    '/..%2f..%2fpackage.json',
    '/assets/../../main/node.js',
    '//etc/passwd',
  ])
    expect([path, await inPage(page, `fetch(${JSON.stringify(path)}).then((answer) => answer.status, () => 'refused')`)]).not.toEqual([
      path,
      200,
    ]);
});

test('what somebody writes is shown as text: no script runs, no link leads to a script', async ({ openProfile }) => {
  const me = await practising(openProfile);
  const attack = `<img src=x onerror="window.hurt=1"><script>window.hurt=1</script> javascript:window.hurt=1 file:///etc/passwd`;
  await send(me.page, attack);
  await expect(bubble(me.page, attack, 'received')).toBeVisible();
  expect(await me.page.locator('a[href^="javascript:"], a[href^="file:"], article img, article script').count()).toBe(0);
  expect(await inPage(me.page, 'window.hurt')).toBeUndefined();
  // In a task of the page's own: what a debugger evaluates is let off the policy.
  expect(
    await inPage(me.page, `new Promise((tell) => setTimeout(() => { try { tell(eval('"ran"')); } catch { tell('refused'); } }))`),
  ).toBe('refused');
});
