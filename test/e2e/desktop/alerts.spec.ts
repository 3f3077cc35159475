/** Alerts of the system: what they say, what their buttons do, when they go and when there are none. */
import type { NotificationState } from '../support/stand-in.ts';
import type { Profile } from '../support/ahoy.ts';
import { callFrom, expect, lookAway, lookBack, test, textFrom } from '../support/desk.ts';
import { openSide } from '../../support/sip-side.ts';
import { bubble } from '../support/main-window.ts';

const alerts = async ({ standIn }: Profile): Promise<readonly NotificationState[]> => (await standIn.state()).notifications;
const titles = async (profile: Profile): Promise<string[]> => (await alerts(profile)).map(({ title }) => title);

async function theAlert(profile: Profile, title: string | RegExp): Promise<NotificationState> {
  const found = async () =>
    (await alerts(profile)).filter((alert) => (typeof title === 'string' ? alert.title === title : title.test(alert.title)));
  await expect.poll(async () => (await found()).length).toBe(1);
  return (await found())[0]!;
}

test('a message: one alert for a conversation, a reply in place, and mark read', async ({ office }) => {
  const { alice, bob, aliceUser, bobUser } = await office.two();
  await lookAway(alice);
  await textFrom(bob, aliceUser, 'First');
  const first = await theAlert(alice, `${bobUser}@sip.test`);
  expect(first).toMatchObject({ body: 'First', actions: ['Mark read'], silent: false });
  await textFrom(bob, aliceUser, 'Second');
  const second = await theAlert(alice, `${bobUser}@sip.test · 2 new`);
  expect(second.body).toBe('Second');

  // A reply needs no window; the system of this desktop has no field for it, others do.
  await alice.standIn.replyToNotification(second.id, 'On my way').catch(() => undefined);
  if (second.hasReply) await expect(bubble(bob.page, 'On my way', 'received')).toBeVisible();

  const waiting = await alerts(alice);
  if (waiting[0]) await alice.standIn.notificationAction(waiting[0].id, 0);
  await expect.poll(() => titles(alice)).toEqual([]);
  await expect.poll(async () => (await alice.standIn.state()).badge).toBe(0);

  await textFrom(bob, aliceUser, 'Third');
  await alice.standIn.clickNotification((await theAlert(alice, `${bobUser}@sip.test`)).id);
  await expect(bubble(alice.page, 'Third', 'received')).toBeVisible();
  await expect.poll(async () => (await alice.standIn.windowAt('index.html')).focused).toBe(true);
});

test('a conversation on screen, a muted one and do not disturb alert nothing; what is read elsewhere goes', async ({ office }) => {
  const { alice, bob, aliceUser, bobUser } = await office.two();
  await textFrom(bob, aliceUser, 'Hello');
  await alice.page.locator('button[data-row]', { hasText: bobUser }).first().click();
  await textFrom(bob, aliceUser, 'You see this');
  await expect(bubble(alice.page, 'You see this', 'received')).toBeVisible();
  expect(await titles(alice)).toEqual([]);

  await lookAway(alice);
  await textFrom(bob, aliceUser, 'And this not');
  await theAlert(alice, `${bobUser}@sip.test`);
  await lookBack(alice);
  await expect.poll(() => titles(alice)).toEqual([]);

  await alice.page.getByRole('button', { name: 'More' }).click();
  await alice.page.getByRole('menuitem', { name: 'Mute' }).click();
  await lookAway(alice);
  await textFrom(bob, aliceUser, 'Into the quiet');
  await expect.poll(async () => (await alice.standIn.state()).badge).toBe(1);
  expect(await titles(alice)).toEqual([]);
  await lookBack(alice);
  await alice.page.getByRole('button', { name: 'More' }).click();
  await alice.page.getByRole('menuitem', { name: 'Unmute' }).click();

  await lookAway(alice);
  await alice.standIn.clickTrayItem('Do not disturb');
  await textFrom(bob, aliceUser, 'Still quiet');
  await expect.poll(async () => (await alice.standIn.state()).badge).toBe(1);
  expect(await titles(alice)).toEqual([]);
});

test('a preview that is off shows nothing of what was written', async ({ office }) => {
  const { alice, bob, aliceUser, bobUser } = await office.two();
  await alice.page.getByRole('button', { name: 'Settings' }).click();
  await alice.page.getByRole('tab', { name: 'Alerts' }).click();
  await alice.page.getByRole('switch', { name: /Show what was written/ }).click();
  await alice.page.getByRole('button', { name: 'Close' }).click();
  await lookAway(alice);
  await textFrom(bob, aliceUser, 'A secret');
  expect((await theAlert(alice, `${bobUser}@sip.test`)).body).toBe('New message');
  expect(JSON.stringify(await alice.standIn.state())).not.toContain('A secret');
});

test('a call: accepted and declined by the alert, gone when it is answered elsewhere', async ({ office }) => {
  const { alice, bob, aliceUser, bobUser } = await office.two();
  await lookAway(alice);
  let atBob = await callFrom(bob, aliceUser);
  const rings = await theAlert(alice, `${bobUser}@sip.test`);
  expect(rings).toMatchObject({ actions: ['Accept', 'Decline'], silent: true, urgency: 'critical', timeoutType: 'never' });
  const atAlice = await alice.callWindow(() => alice.standIn.notificationAction(rings.id, 0));
  await expect(atAlice.locator('[data-call-state=active]')).toBeVisible();
  expect(await titles(alice)).toEqual([]);
  await atAlice.getByRole('button', { name: 'End' }).click();
  await expect.poll(() => atBob.isClosed()).toBe(true);

  await lookAway(alice);
  atBob = await callFrom(bob, aliceUser);
  await alice.standIn.notificationAction((await theAlert(alice, `${bobUser}@sip.test`)).id, 1);
  await expect(atBob.getByText(/declined/i).first()).toBeVisible();
  await expect.poll(() => titles(alice)).toEqual([]);

  // Whoever turns to Ahoy sees the call there; it is announced again when they turn away.
  await atBob.getByRole('button', { name: 'Close', exact: true }).click();
  await expect.poll(() => atBob.isClosed()).toBe(true);
  await lookAway(alice);
  atBob = await callFrom(bob, aliceUser);
  await theAlert(alice, `${bobUser}@sip.test`);
  await lookBack(alice);
  await expect.poll(() => titles(alice)).toEqual([]);
  await alice.page
    .getByRole('article', { name: /Incoming call/ })
    .getByRole('button', { name: 'Decline' })
    .click();
  await expect.poll(() => titles(alice)).toEqual([]);
});

test('a missed call is called back, once for each caller', async ({ office }) => {
  const { alice, bob, aliceUser, bobUser } = await office.two();
  await lookAway(alice);
  for (const times of [1, 2]) {
    const atBob = await callFrom(bob, aliceUser);
    await theAlert(alice, `${bobUser}@sip.test`);
    await atBob.getByRole('button', { name: 'End' }).click();
    await expect.poll(() => atBob.isClosed(), { timeout: 15_000 }).toBe(true);
    await expect.poll(() => titles(alice)).toEqual([times === 1 ? 'Missed call' : '2 missed calls']);
  }
  const missed = await theAlert(alice, '2 missed calls');
  expect(missed).toMatchObject({ body: `${bobUser}@sip.test`, actions: ['Call back'] });
  const atAlice = await alice.callWindow(() => alice.standIn.notificationAction(missed.id, 0));
  await expect(bob.page.getByRole('article', { name: /Incoming call/ })).toBeVisible();
  await atAlice.getByRole('button', { name: 'End' }).click();
});

test('new voicemail alerts, and goes when it was heard', async ({ office }) => {
  const { alice, aliceUser } = await office.two();
  await lookAway(alice);
  // The voicemail system, as one more client of Alice's.
  const mail = openSide({
    user: aliceUser,
    transport: 'tcp',
    password: office.server.password,
    settings: { server: '127.0.0.1', port: office.server.ports.tcp },
  });
  await mail.register();
  const publish = (summary: string, entityTag: string | null) =>
    mail.userAgent.publish({
      event: 'message-summary',
      expiresSeconds: 600,
      entityTag,
      contentType: 'application/simple-message-summary',
      body: `Messages-Waiting: ${summary.startsWith('0') ? 'no' : 'yes'}\r\nMessage-Account: sip:mail@sip.test\r\nVoice-Message: ${summary}\r\n`,
    });
  const published = await publish('2/0', null);
  const alert = await theAlert(alice, 'Voicemail');
  expect(alert).toMatchObject({ body: '2 new messages', actions: ['Listen'] });
  await expect.poll(async () => (await alice.standIn.state()).tray?.menu?.map(({ label }) => label)).toContain('New voicemail: 2');
  await publish('0/2', published.kind === 'published' ? published.entityTag : null);
  await expect.poll(() => titles(alice)).toEqual([]);
  await mail.userAgent.close();
});
