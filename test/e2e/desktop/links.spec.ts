/** Links, the command line, one running Ahoy, start with the computer, and keys that work everywhere. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Profile } from '../support/ahoy.ts';
import { expect, lookAway, practise, test } from '../support/desk.ts';

const question = ({ page }: Profile) => page.getByRole('dialog', { name: /^(?:Call|Chat)\?$/ });
const isCalling = async ({ standIn }: Profile): Promise<boolean> =>
  (await standIn.state()).windows.some(({ url }) => url.includes('call.html'));
const isInFront = async ({ standIn }: Profile): Promise<boolean> => (await standIn.windowAt('index.html')).focused;

test('a link asks before it calls, and never dials by itself', async ({ desk }) => {
  const me = await desk.open();
  await practise(me);
  await lookAway(me);
  expect(await me.standIn.secondInstance(['sip:echo@practice.invalid;x=1?Subject=Hi'])).toMatchObject({ code: 0 });
  await expect(question(me)).toContainText('Echo');
  await expect(question(me)).toContainText('A link in another program asks for this.');
  await expect.poll(() => isInFront(me)).toBe(true);
  await me.page.waitForTimeout(500); // long enough for a call that would start by itself
  expect(await isCalling(me)).toBe(false);
  await question(me).getByRole('button', { name: 'Cancel' }).click();
  await expect(question(me)).toHaveCount(0);
  expect(await isCalling(me)).toBe(false);

  await me.standIn.openUrl('tel:+44-20-1234');
  await expect(question(me)).toContainText('+44201234');
  await question(me).getByRole('button', { name: 'Close' }).click();

  await me.standIn.openUrl('ahoy:chat?to=echo%40practice.invalid');
  await question(me).getByRole('button', { name: 'Chat' }).click();
  await expect(me.page.getByRole('region', { name: /Echo/ })).toBeVisible();

  await me.standIn.openUrl('sips:echo@practice.invalid');
  const call = await me.callWindow(() => question(me).getByRole('button', { name: 'Call' }).click());
  await expect(call.getByRole('heading')).toBeVisible();

  await me.standIn.openUrl('sip:');
  await expect(me.page.getByText('This is no name, number or address that could be called.')).toBeVisible();
});

test('a link that starts Ahoy waits until there is a window to ask in', async ({ desk }) => {
  const me = await desk.open();
  await practise(me);
  await me.host().stop('SIGINT');
  const again = await desk.open({ name: 'linked', args: ['--', 'sip:+4420'] });
  await again.page.getByRole('button', { name: 'Try it without an account' }).click();
  await expect(question(again)).toContainText('+4420');
});

test('the command line speaks to the running Ahoy', async ({ desk }) => {
  const me = await desk.open();
  await practise(me);
  const status = (words: string) => me.page.getByRole('button', { name: `Your status: ${words}` });

  expect(await me.standIn.secondInstance(['--status', 'busy'])).toMatchObject({ code: 0 });
  await expect(status('Busy')).toBeVisible();
  await me.standIn.secondInstance(['--dnd']);
  await expect(status('Do not disturb')).toBeVisible();
  await me.standIn.secondInstance(['--dnd', 'on']);
  await me.standIn.secondInstance(['--dnd', 'off']);
  await expect(status('Available')).toBeVisible();

  // Said by name; asked all the same.
  await me.standIn.secondInstance(['--call', 'Echo']);
  await expect(question(me)).toContainText('Another program asks for this.');
  expect(await isCalling(me)).toBe(false);
  await question(me).getByRole('button', { name: 'Cancel' }).click();
  await me.standIn.secondInstance(['--chat=echo@practice.invalid']);
  await question(me).getByRole('button', { name: 'Chat' }).click();

  const wrong = await me.standIn.secondInstance(['--status', 'asleep']);
  expect(wrong.code).toBe(2);
  expect(wrong.output).toContain('--status is one of available');

  await lookAway(me);
  expect(await me.standIn.secondInstance()).toMatchObject({ code: 0 });
  await expect.poll(() => isInFront(me)).toBe(true);

  await me.standIn.secondInstance(['--quit']);
  expect(await me.host().exited).toBe(0);
});

test('--quit without a running Ahoy starts none', async ({ desk }) => {
  const me = await desk.open();
  await me.host().stop('SIGINT');
  expect(await me.standIn.secondInstance(['--quit'])).toMatchObject({ code: 0 });
});

test('starts with the computer when told to, by an entry of the desktop', async ({ desk }) => {
  const me = await desk.open();
  await practise(me);
  const entry = join(desk.configHome, 'autostart', 'ahoy.desktop');
  await me.page.getByRole('button', { name: 'Settings' }).click();
  await me.page.getByRole('tab', { name: 'Desktop' }).click();
  const toggle = me.page.getByRole('switch', { name: 'Start with the computer' });
  await expect(toggle).not.toBeChecked();
  await toggle.click();
  await expect(toggle).toBeChecked();
  expect(readFileSync(entry, 'utf8')).toMatch(/^\[Desktop Entry\]\nType=Application\n[^]*Exec=".*" "--started-by-system"\n/);
  await toggle.click();
  await expect(toggle).not.toBeChecked();
  expect(existsSync(entry)).toBe(false);
});

test('is what the system opens links by when told to, and says the truth when the system refuses', async ({ desk }) => {
  const me = await desk.open();
  await practise(me);
  await me.page.getByRole('button', { name: 'Settings' }).click();
  await me.page.getByRole('tab', { name: 'Desktop' }).click();
  const ask = me.page.getByRole('button', { name: 'Open them in Ahoy' });
  await expect(me.page.getByText('Not opened by Ahoy')).toHaveCount(4);
  mkdirSync(join(desk.configHome, 'applications'), { recursive: true });
  writeFileSync(
    join(desk.configHome, 'applications', 'ahoy.desktop'),
    '[Desktop Entry]\nType=Application\nName=Ahoy\nExec=/bin/true -- %u\nMimeType=x-scheme-handler/sip;x-scheme-handler/sips;x-scheme-handler/tel;x-scheme-handler/ahoy;\n',
  );
  await ask.click();
  await expect(me.page.getByText('Opened by Ahoy', { exact: true })).toHaveCount(4);
  // Which other program takes them instead, the system alone can say.
  await me.page.getByRole('button', { name: 'Give them back' }).click();
  await expect(me.page.getByText(/This is not possible here/)).toBeVisible();
  await expect.poll(() => readFileSync(join(desk.configHome, 'mimeapps.list'), 'utf8')).toContain('x-scheme-handler/sip=ahoy.desktop');
});

test('keys answer, mute, hang up, open, dial and call the clipboard; a taken key is said to be taken', async ({ desk }) => {
  const me = await desk.open();
  await practise(me);
  await me.standIn.takeShortcut('CommandOrControl+Alt+M');
  const set = async (action: string, accelerator: string) =>
    me.page.evaluate(
      ([name, keys]) =>
        new Promise((resolve) => {
          // As a window's own client asks.
          (window as unknown as { transport: { send(message: unknown): void } }).transport.send({
            t: 'q',
            i: `spec-${name}`,
            m: 'ask',
            a: ['desktop.setShortcut', { action: name, accelerator: keys }],
          });
          setTimeout(resolve, 100);
        }),
      [action, accelerator] as const,
    );
  await set('answer', 'CommandOrControl+Alt+A');
  await set('mute', 'CommandOrControl+Alt+M');
  await set('open', 'CommandOrControl+Alt+O');
  await set('dial', 'CommandOrControl+Alt+D');
  await set('call-clipboard', 'CommandOrControl+Alt+C');
  await expect.poll(async () => (await me.standIn.state()).shortcuts.length).toBe(4);
  await me.page.getByRole('button', { name: 'Settings' }).click();
  await me.page.getByRole('tab', { name: 'Shortcuts' }).click();
  await expect(me.page.getByText('Another program has these keys.')).toBeVisible();
  await me.page.getByRole('button', { name: 'Close' }).click();
  await me.standIn.giveShortcutBack('CommandOrControl+Alt+M');
  await set('mute', 'CommandOrControl+Alt+M');
  await expect.poll(async () => (await me.standIn.state()).shortcuts.length).toBe(5);

  await lookAway(me);
  await me.standIn.pressShortcut('CommandOrControl+Alt+O');
  await expect.poll(() => isInFront(me)).toBe(true);

  await me.standIn.setClipboard('echo@practice.invalid');
  await me.standIn.pressShortcut('CommandOrControl+Alt+C');
  await expect(question(me)).toContainText('From the clipboard.');
  const call = await me.callWindow(() => question(me).getByRole('button', { name: 'Call' }).click());
  await expect(call.locator('[data-call-state=active]')).toBeVisible();
  await me.standIn.pressShortcut('CommandOrControl+Alt+M');
  await expect(call.getByText('Your microphone is muted')).toBeVisible();
  await me.standIn.pressShortcut('CommandOrControl+Alt+M');
  await expect(call.getByText('Your microphone is muted')).toHaveCount(0);
  await me.standIn.pressShortcut('CommandOrControl+Alt+A');
  await expect.poll(() => call.isClosed()).toBe(true);

  await me.standIn.setClipboard('line one\nline two');
  await me.standIn.pressShortcut('CommandOrControl+Alt+C');
  await expect(me.page.getByText('This is no name, number or address that could be called.')).toBeVisible();

  await me.standIn.pressShortcut('CommandOrControl+Alt+D');
  await expect.poll(async () => (await me.standIn.windowAt('dial.html')).focused).toBe(true);

  // They are there again after a restart.
  await me.host().stop('SIGINT');
  await me.restart();
  await expect.poll(async () => (await me.standIn.state()).shortcuts.length).toBe(5);
});
