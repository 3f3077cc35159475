/**
 * Sleep and waking up, lock and hands off the keyboard, and calls that keep the computer awake.
 *
 *   system      Ahoy                 Kamailio           Bob
 *    │ suspend ──►│── REGISTER, 0 s ────►│                │
 *    │            │                      │◄── MESSAGE ────│   kept
 *    │ resume ───►│── REGISTER ─────────►│                │
 *    │            │◄── MESSAGE ──────────│                │
 */
import { callFrom, expect, practise, test, textFrom } from '../support/desk.ts';
import { bubble, openChat } from '../support/main-window.ts';

test('after sleep Ahoy is registered again within two seconds, by one binding, and gets what it missed', async ({ office }) => {
  const { alice, bob, aliceUser, bobUser } = await office.two();
  await textFrom(bob, aliceUser, 'before');
  await openChat(alice.page, bobUser);
  await expect(bubble(alice.page, 'before', 'received')).toBeVisible();
  expect(office.server.bindings(aliceUser)).toBe(1);

  await alice.standIn.suspend();
  await expect.poll(() => office.server.bindings(aliceUser)).toBe(0);
  await textFrom(bob, aliceUser, 'while you slept');
  await expect(bubble(bob.page, 'while you slept', 'stored')).toBeVisible();

  const wokenAt = Date.now();
  await alice.standIn.resume();
  await expect.poll(() => office.server.bindings(aliceUser), { intervals: [50], timeout: 2_000 }).toBe(1);
  process.stdout.write(`registered ${Date.now() - wokenAt} ms after waking up\n`);
  await expect(bubble(alice.page, 'while you slept', 'received')).toBeVisible();
  expect(office.server.bindings(aliceUser)).toBe(1);
});

test('others see away while the screen is locked or nobody touches the computer, and available at the first touch', async ({ office }) => {
  const { alice, bob, aliceUser, bobUser } = await office.two();
  await textFrom(bob, aliceUser, 'Hello');
  await openChat(alice.page, bobUser);
  const seen = (words: string) =>
    bob.page
      .getByRole('region', { name: new RegExp(aliceUser) })
      .getByText(words)
      .first();
  await expect(seen('Available')).toBeVisible();

  await alice.standIn.lock();
  await expect(seen('Away')).toBeVisible();
  await alice.standIn.unlock();
  await expect(seen('Available')).toBeVisible();

  await alice.standIn.setIdleSeconds(9 * 60);
  await bob.page.waitForTimeout(6_000); // one look of the host and more
  await expect(seen('Available')).toBeVisible();
  await alice.standIn.setIdleSeconds(10 * 60);
  await expect(seen('Away')).toBeVisible();
  await alice.page.getByRole('button', { name: /Your status: Available/ }).click();
  await expect(alice.page.getByText('Others see: Away')).toBeVisible();
  await alice.standIn.setIdleSeconds(0);
  await expect(seen('Available')).toBeVisible();
});

test('what the user chose is left alone by the lock', async ({ office }) => {
  const { alice, bob, aliceUser } = await office.two();
  await textFrom(bob, aliceUser, 'Hello');
  const status = (await alice.standIn.state()).tray!.menu!.find(({ label }) => label.startsWith('Status: '))!.label;
  await alice.standIn.clickTrayItem(status, 'Busy');
  const seen = bob.page
    .getByRole('region', { name: new RegExp(aliceUser) })
    .getByText('Busy')
    .first();
  await expect(seen).toBeVisible();
  await alice.standIn.lock();
  await bob.page.waitForTimeout(1_000); // long enough for a wrong publication to arrive
  await expect(seen).toBeVisible();
});

test('a call keeps the computer awake, one with pictures the screen too', async ({ desk }) => {
  const me = await desk.open();
  await practise(me);
  const blockers = async () => (await me.standIn.state()).blockers;
  expect(await blockers()).toEqual([]);
  const call = await me.callWindow(() => me.page.getByRole('button', { name: 'Call', exact: true }).click());
  await expect.poll(blockers).toEqual(['prevent-app-suspension']);
  await call.getByRole('button', { name: 'End' }).click();
  await expect.poll(blockers).toEqual([]);
  const video = await me.callWindow(() => me.page.getByRole('button', { name: 'Video call' }).click());
  await expect.poll(blockers).toEqual(['prevent-display-sleep']);
  await video.getByRole('button', { name: 'End' }).click();
  await expect.poll(blockers).toEqual([]);
});

test('a call that rings ends the sleep of nobody but is there after it', async ({ office }) => {
  const { alice, bob, aliceUser } = await office.two();
  await alice.standIn.suspend();
  await expect.poll(() => office.server.bindings(aliceUser)).toBe(0);
  await alice.standIn.resume();
  await expect.poll(() => office.server.bindings(aliceUser)).toBe(1);
  await callFrom(bob, aliceUser);
  await expect(alice.page.getByRole('article', { name: /Incoming call/ })).toBeVisible();
});
