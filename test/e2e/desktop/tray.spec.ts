/** The tray: what its icon tells, and what its menu does. */
import type { MenuItemState } from '../../support/electron-stand-in/control-state.ts';
import { startSessionBus } from '../../support/session-bus.ts';
import { callFrom, expect, lookAway, practise, test, textFrom } from '../support/desk.ts';
import type { Profile } from '../support/ahoy.ts';

const menuOf = async ({ standIn }: Profile): Promise<readonly MenuItemState[]> => (await standIn.state()).tray?.menu ?? [];
const labels = async (profile: Profile): Promise<string[]> => (await menuOf(profile)).map(({ label }) => label);
const submenu = async (profile: Profile, label: RegExp): Promise<string[]> =>
  (await menuOf(profile)).find((item) => label.test(item.label))?.submenu?.map((item) => item.label) ?? [];
const icon = async ({ standIn }: Profile): Promise<string> => /[^/]+$/.exec((await standIn.state()).tray?.image.file ?? '')?.[0] ?? 'none';
const toolTip = async ({ standIn }: Profile): Promise<string> => (await standIn.state()).tray?.toolTip ?? '';

test('tells registration and own presence by its picture, crisp on every screen', async ({ desk }) => {
  const me = await desk.open();
  await expect.poll(() => icon(me)).toBe('offline.png');
  expect(await toolTip(me)).toBe('Ahoy: not signed in');
  expect(await labels(me)).toEqual(['Open Ahoy', '', 'Quit Ahoy']);

  await practise(me);
  await expect.poll(() => icon(me)).toBe('available.png');
  expect((await me.standIn.state()).tray?.image).toMatchObject({ empty: false, size: { width: 24, height: 24 }, scaleFactors: [1, 2] });

  for (const [status, picture] of [
    ['Busy', 'busy.png'],
    ['Away', 'away.png'],
    ['Do not disturb', 'do-not-disturb.png'],
    ['Appear offline', 'offline.png'],
    ['Available', 'available.png'],
  ] as const) {
    const present = (await labels(me)).find((label) => label.startsWith('Status: '))!;
    await me.standIn.clickTrayItem(present, status);
    await expect.poll(() => icon(me)).toBe(picture);
    await expect.poll(() => toolTip(me)).toBe(`Ahoy: ${status === 'Appear offline' ? 'Offline' : status}`);
  }
});

test('sets do not disturb, and leads to the note', async ({ desk }) => {
  const me = await desk.open();
  await practise(me);
  await expect.poll(() => labels(me)).toContain('Do not disturb');
  await me.standIn.clickTrayItem('Do not disturb');
  await expect(me.page.getByRole('button', { name: 'Your status: Do not disturb' })).toBeVisible();
  expect((await menuOf(me)).find(({ label }) => label === 'Do not disturb')?.checked).toBe(true);
  await me.standIn.clickTrayItem('Do not disturb');
  await expect(me.page.getByRole('button', { name: 'Your status: Available' })).toBeVisible();

  await me.standIn.clickTrayItem('Add a note');
  await me.page.getByLabel('Note').fill('In the workshop');
  await me.page.getByRole('button', { name: 'Set note' }).click();
  await expect.poll(() => labels(me)).toContain('Note: In the workshop');
});

test('offers the people one knows, with their presence, to chat with and to call', async ({ desk }) => {
  const me = await desk.open();
  await practise(me);
  await expect.poll(() => submenu(me, /Recent/)).toContain('Echo · Available');
  await me.page.getByRole('button', { name: /^People/ }).click();
  await me.standIn.clickTrayItem('Recent', 'Echo · Available', 'Chat');
  await expect(me.page.getByRole('region', { name: /Echo/ }).getByRole('textbox', { name: 'Message' })).toBeVisible();

  const window = await me.callWindow(() => me.standIn.clickTrayItem('Recent', 'Echo · Available', 'Call'));
  await expect(window.locator('[data-call-state=active]')).toBeVisible();
  await expect.poll(() => labels(me)).toContain('Echo · Connected');
  await me.standIn.clickTrayItem('Echo · Connected', 'Mute');
  await expect(window.getByText('Your microphone is muted')).toBeVisible();
  await me.standIn.clickTrayItem('Echo · Connected', 'Mute');
  await expect(window.getByText('Your microphone is muted')).toHaveCount(0);
  await me.standIn.clickTrayItem('Echo · Connected', 'Hold');
  await expect.poll(() => labels(me)).toContain('Echo · On hold');
  await me.standIn.clickTrayItem('Echo · On hold', 'Hold');
  await expect.poll(() => labels(me)).toContain('Echo · Connected');
  await me.standIn.clickTrayItem('Echo · Connected', 'End');
  await expect.poll(() => window.isClosed()).toBe(true);
});

test('shows what waits, and leads to it', async ({ office }) => {
  const { alice, bob, aliceUser, bobUser } = await office.two();
  await lookAway(alice);
  await textFrom(bob, aliceUser, 'Are you there?');
  await expect.poll(() => icon(alice)).toBe('available-unread.png');
  await expect.poll(() => toolTip(alice)).toBe('Ahoy: Available, 1 unread');
  await expect.poll(() => labels(alice)).toContain('Unread messages: 1');
  expect((await alice.standIn.state()).badge).toBe(1);
  await alice.standIn.clickTrayItem('Unread messages: 1');
  await expect(alice.page.getByText('Are you there?').first()).toBeVisible();
  await expect.poll(() => icon(alice)).toBe('available.png');
  await expect.poll(async () => (await alice.standIn.state()).badge).toBe(0);

  await lookAway(alice);
  const atBob = await callFrom(bob, aliceUser);
  await expect.poll(() => labels(alice)).toContain(`${bobUser}@sip.test · Calls you`);
  await atBob.getByRole('button', { name: 'End' }).click();
  await expect.poll(() => labels(alice)).toContain('Missed calls: 1');
  await alice.standIn.clickTrayItem('Missed calls: 1');
  await expect(alice.page.locator('[data-outcome=missed]')).toBeVisible();
  await expect.poll(() => icon(alice)).toBe('available.png');
});

test('answers and declines a call that rings', async ({ office }) => {
  const { alice, bob, aliceUser, bobUser } = await office.two();
  await lookAway(alice);
  const rings = `${bobUser}@sip.test · Calls you`;
  const atBob = await callFrom(bob, aliceUser);
  await expect.poll(() => labels(alice)).toContain(rings);
  const atAlice = await alice.callWindow(() => alice.standIn.clickTrayItem(rings, 'Answer'));
  await expect(atAlice.locator('[data-call-state=active]')).toBeVisible();
  await expect(atBob.locator('[data-call-state=active]')).toBeVisible();
  await alice.standIn.clickTrayItem(`${bobUser}@sip.test · Connected`, 'End');
  await expect.poll(() => atBob.isClosed()).toBe(true);

  await callFrom(bob, aliceUser);
  await expect.poll(() => labels(alice)).toContain(rings);
  await alice.standIn.clickTrayItem(rings, 'Decline');
  await expect(bob.page.locator('body')).toBeVisible();
  await expect.poll(async () => (await labels(alice)).some((label) => label.includes(bobUser))).toBe(false);
});

test('opens Ahoy by a click, and quits it by its menu', async ({ desk }) => {
  const me = await desk.open();
  await practise(me);
  const { id } = await me.standIn.windowAt('index.html');
  await me.standIn.closeWindow(id);
  expect((await me.standIn.windowAt('index.html')).visible).toBe(false);
  await me.standIn.clickTray();
  await expect.poll(async () => (await me.standIn.windowAt('index.html')).focused).toBe(true);
  await me.standIn.clickTrayItem('Quit Ahoy').catch(() => undefined);
  expect(await me.host().exited).toBe(0);
});

test('is not claimed where the desktop shows none: Ahoy says so and stays in the taskbar', async ({ openProfile }) => {
  const bus = await startSessionBus(false);
  const me = await openProfile({ env: { DBUS_SESSION_BUS_ADDRESS: bus.address } });
  await practise(me);
  const state = await me.standIn.state();
  expect(state.tray).toBeNull();
  expect((await me.standIn.windowAt('index.html')).skipTaskbar).toBe(false);
  await me.page.getByRole('button', { name: 'Settings' }).click();
  await me.page.getByRole('tab', { name: 'About' }).click();
  await expect(me.page.getByText('Tray icon').locator('..').getByText('No')).toBeVisible();
  await bus.stop();
});
