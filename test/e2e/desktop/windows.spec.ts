/** The windows: their place, closing and coming back, the card of incoming calls, the dial window, crashes. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProgram } from '../../support/child-program.ts';
import { startSessionBus } from '../../support/session-bus.ts';
import type { Profile } from '../support/ahoy.ts';
import { expectSound } from '../support/call-statistics.ts';
import { callFrom, expect, lookAway, lookBack, practise, test } from '../support/desk.ts';
import { bubble, send } from '../support/main-window.ts';
import { standInCommand, type WindowState } from '../support/stand-in.ts';

const main = ({ standIn }: Profile): Promise<WindowState> => standIn.windowAt('index.html');
const card = async ({ standIn }: Profile): Promise<WindowState | null> =>
  (await standIn.state()).windows.find(({ url }) => url.includes('incoming.html')) ?? null;

test('a history that cannot be opened is said in a box with its place, and Ahoy ends', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ahoy-newer-'));
  execFileSync('sqlite3', [join(folder, 'history.sqlite'), 'PRAGMA user_version = 9999']);
  const { command, env } = standInCommand('out/main/electron.js', folder, [], {});
  const program = startProgram(process.execPath, command, { env });
  await program.waitFor(/stand-in error box: Ahoy could not start\n.*newer Ahoy/);
  expect(program.output()).toContain(folder);
  expect(await program.exited).toBe(1);
  rmSync(folder, { recursive: true, force: true });
});

test('the main window comes back where it was, and to a screen that exists', async ({ desk }) => {
  const me = await desk.open();
  await practise(me);
  const place = { x: 140, y: 90, width: 900, height: 640 };
  await me.standIn.moveWindow((await main(me)).id, place);
  // Kept by quitting at once too, before it had time to settle.
  await me.host().stop('SIGINT');
  await me.restart();
  expect((await main(me)).bounds).toEqual(place);

  await me.standIn.setDisplays([
    { bounds: { x: 0, y: 0, width: 1366, height: 768 } },
    { bounds: { x: 1366, y: 0, width: 1920, height: 1080 } },
  ]);
  await me.standIn.moveWindow((await main(me)).id, { x: 1500, y: 100 });
  await me.host().stop('SIGINT');
  // The second screen is not there at the next start.
  await me.restart();
  const { bounds } = await main(me);
  expect(bounds.x).toBeGreaterThanOrEqual(0);
  expect(bounds.x + bounds.width).toBeLessThanOrEqual(1920);
});

test('closing hides to the tray, which is said once; the window is back as it was', async ({ desk }) => {
  const me = await desk.open();
  await practise(me);
  await me.standIn.closeWindow((await main(me)).id);
  expect((await main(me)).visible).toBe(false);
  const { notifications } = await me.standIn.state();
  expect(notifications.map(({ title }) => title)).toEqual(['Ahoy is still running']);
  await me.standIn.clickNotification(notifications[0]!.id);
  await expect.poll(async () => (await main(me)).visible).toBe(true);
  await me.standIn.closeWindow((await main(me)).id);
  expect((await me.standIn.state()).notifications).toEqual([]);
  await me.standIn.activate();
  await send(me.page, 'still here');
  await expect(bubble(me.page, 'still here', 'received')).toBeVisible();
});

test('closing ends Ahoy where there is no tray, but not under a call', async ({ openProfile }) => {
  const bus = await startSessionBus(false);
  const me = await openProfile({ env: { DBUS_SESSION_BUS_ADDRESS: bus.address } });
  await practise(me);
  const call = await me.callWindow(() => me.page.getByRole('button', { name: 'Call', exact: true }).click());
  await expect(call.locator('[data-call-state=active]')).toBeVisible();
  await me.standIn.closeWindow((await main(me)).id);
  await expectSound(call);
  await call.getByRole('button', { name: 'End' }).click();
  expect(await me.host().exited).toBe(0);
  await bus.stop();
});

test('a start with the computer opens no window, and is there at once when wanted', async ({ desk }) => {
  const me = await desk.open({ args: ['--started-by-system'] });
  await expect.poll(async () => (await me.standIn.state()).tray !== null).toBe(true);
  expect((await main(me)).visible).toBe(false);
  await me.standIn.clickTray();
  await expect.poll(async () => (await main(me)).focused).toBe(true);
  await practise(me);
});

test('a call shows a card in the corner, above everything and without the focus; several stack', async ({ office }) => {
  const { alice, bob, aliceUser } = await office.two();
  const carol = await office.two();
  await lookAway(alice);
  const atBob = await callFrom(bob, aliceUser);
  await expect.poll(async () => (await card(alice))?.visible).toBe(true);
  const shown = (await card(alice))!;
  expect(shown).toMatchObject({ focused: false, alwaysOnTop: true, level: 'screen-saver', onAllWorkspaces: true, skipTaskbar: true });
  expect((await alice.standIn.state()).windows.some(({ focused }) => focused)).toBe(false);
  const one = shown.bounds.height;

  const atCarol = await callFrom(carol.bob, aliceUser);
  const page = await alice.standIn.pageOf(shown.id);
  await expect(page.getByRole('article')).toHaveCount(2);
  await expect.poll(async () => (await card(alice))!.bounds.height).toBe(2 * one + 1);

  await page.getByRole('article').last().getByRole('button', { name: 'Decline' }).click();
  await expect(atCarol.getByText(/declined/i).first()).toBeVisible();
  await expect.poll(async () => (await card(alice))!.bounds.height).toBe(one);
  // Whoever looks at the main window answers there.
  await lookBack(alice);
  await expect.poll(async () => (await card(alice))!.visible).toBe(false);
  await lookAway(alice);
  await expect.poll(async () => (await card(alice))!.visible).toBe(true);

  const atAlice = await alice.callWindow(() => page.getByRole('button', { name: 'Accept', exact: true }).click());
  await expect(atAlice.locator('[data-call-state=active]')).toBeVisible();
  await expect(atBob.locator('[data-call-state=active]')).toBeVisible();
  expect((await card(alice))!.visible).toBe(false);
  await atBob.getByRole('button', { name: 'End' }).click();
});

test('the card declines with a message instead, in the main window', async ({ office }) => {
  const { alice, bob, aliceUser, bobUser } = await office.two();
  await lookAway(alice);
  await callFrom(bob, aliceUser);
  await expect.poll(async () => (await card(alice))?.visible).toBe(true);
  const page = await alice.standIn.pageOf((await card(alice))!.id);
  await page.getByRole('button', { name: 'Message instead' }).click();
  await expect.poll(async () => (await main(alice)).focused).toBe(true);
  await expect(alice.page.getByRole('region', { name: new RegExp(bobUser) })).toBeVisible();
  await send(alice.page, 'In a meeting');
  await expect(bubble(bob.page, 'In a meeting', 'received')).toBeVisible();
});

test('the dial window is ready, calls with Enter, and goes with Escape', async ({ desk }) => {
  const me = await desk.open();
  await practise(me);
  await expect.poll(async () => (await me.standIn.state()).windows.some(({ url }) => url.includes('dial.html'))).toBe(true);
  const dial = () => me.standIn.windowAt('dial.html');
  const isReadyAndHidden = async () => (await me.standIn.state()).windows.find(({ url }) => url.includes('dial.html'))?.visible === false;
  expect((await dial()).visible).toBe(false);
  await me.standIn.clickTrayItem('Dial');
  await expect.poll(async () => (await dial()).focused).toBe(true);
  const page = await me.standIn.pageOf((await dial()).id);
  await expect(page.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('ech');
  await expect(page.getByText('Call Echo')).toBeVisible();
  // The window may be gone before the key is let go.
  const call = await me.callWindow(() => page.keyboard.press('Enter').catch(() => undefined));
  await expect(call.locator('[data-call-state=active]')).toBeVisible();
  await expect.poll(isReadyAndHidden).toBe(true);
  await call.getByRole('button', { name: 'End' }).click();

  // Hidden by another window, it is the same one and starts afresh.
  await me.standIn.clickTrayItem('Dial');
  await expect.poll(async () => (await dial()).focused).toBe(true);
  const again = await me.standIn.pageOf((await dial()).id);
  await again.keyboard.type('somebody else');
  await lookAway(me);
  await expect.poll(async () => (await dial()).visible).toBe(false);
  await me.standIn.clickTrayItem('Dial');
  await expect.poll(async () => (await dial()).focused).toBe(true);
  await expect(again.getByRole('combobox')).toHaveValue('');
  await again.keyboard.press('Escape').catch(() => undefined);
  await expect.poll(isReadyAndHidden).toBe(true);
});

test('windows are rebuilt after a crash; a running call survives the main window’s', async ({ desk }) => {
  const me = await desk.open();
  await practise(me);
  const call = await me.callWindow(() => me.page.getByRole('button', { name: 'Call', exact: true }).click());
  await expect(call.locator('[data-call-state=active]')).toBeVisible();
  const { id } = await main(me);
  await me.standIn.crashRenderer(id);
  const rebuilt = await me.standIn.pageOf(id);
  await expect(rebuilt.locator('button[data-row]', { hasText: 'Echo' }).first()).toBeVisible();
  await expectSound(call);
  await rebuilt.locator('button[data-row]', { hasText: 'Echo' }).first().click();
  await send(rebuilt, 'after the crash');
  await expect(bubble(rebuilt, 'after the crash', 'received')).toBeVisible();
  await call.getByRole('button', { name: 'End' }).click();

  await expect.poll(() => call.isClosed()).toBe(true);
  // A call window that crashes takes its sound along: the call ends, and the far side is told.
  const second = await me.callWindow(() => rebuilt.getByRole('button', { name: 'Call', exact: true }).click());
  await expect(second.locator('[data-call-state=active]')).toBeVisible();
  await me.standIn.crashRenderer((await me.standIn.windowAt('call.html')).id);
  await expect
    .poll(async () => (await me.standIn.state()).windows.some(({ url }) => url.includes('call.html')), { timeout: 15_000 })
    .toBe(false);
  await rebuilt.getByRole('button', { name: /^Calls/ }).click();
  await expect(rebuilt.locator('[data-outcome]')).toHaveCount(2);
});

test('a call that is being talked in ends by its window or by quitting only after a question', async ({ desk }) => {
  const me = await desk.open();
  await practise(me);
  const call = await me.callWindow(() => me.page.getByRole('button', { name: 'Call', exact: true }).click());
  await expect(call.locator('[data-call-state=active]')).toBeVisible();
  const { id } = await me.standIn.windowAt('call.html');
  const questions = async (): Promise<string[]> => (await me.standIn.state()).dialogs.map(({ message }) => message);

  await me.standIn.closeWindow(id);
  await expect.poll(questions).toEqual(['End this call?']);
  await me.standIn.answerDialog(1);
  await me.standIn.clickTrayItem('Quit Ahoy');
  await expect.poll(questions).toEqual(['Quit during a call?']);
  await me.standIn.answerDialog(1);
  await expect(call.locator('[data-call-state=active]')).toBeVisible();
  await expectSound(call);

  await me.standIn.closeWindow(id);
  await expect.poll(questions).toEqual(['End this call?']);
  const closed = call.waitForEvent('close');
  await me.standIn.answerDialog(0);
  await closed;
  await expect(me.page.getByRole('region', { name: 'Running calls' })).toBeHidden();
});

test('keys zoom, and the size is kept; a right click offers what can be done with text', async ({ desk }) => {
  const me = await desk.open();
  await practise(me);
  const { id } = await main(me);
  expect(await me.standIn.pressKey(id, { key: '+', control: true })).toBe(true);
  expect(await me.standIn.pressKey(id, { key: 'k', control: true })).toBe(false);
  expect((await main(me)).zoomLevel).toBe(0.5);
  await me.standIn.rightClick(id, { isEditable: true, misspelledWord: 'helo', dictionarySuggestions: ['hello'] });
  const labels = ((await me.standIn.state()).openMenu ?? []).map(({ label }) => label);
  expect(labels.slice(0, 2)).toEqual(['hello', 'Add “helo” to dictionary']);
  await me.standIn.clickOpenMenuItem('hello');
  expect((await me.standIn.state()).calls).toContain('webContents.replaceMisspelling hello');
  await me.host().stop('SIGINT');
  await me.restart();
  await expect.poll(async () => (await main(me)).zoomLevel).toBe(0.5);
});
