/** A desk phone and the desktop: called from the tray, accepted by the alert; its sound comes by the gateway's thread in Electron's main. */
import type { Baresip } from '../../support/baresip.ts';
import { expectSound } from '../support/call-statistics.ts';
import { startDeskPhone } from '../support/desk-phone.ts';
import { expect, lookAway, test } from '../support/desk.ts';
import { send, startChat } from '../support/main-window.ts';
import { signIn } from '../support/sign-in.ts';

let phone: Baresip | null = null;
test.afterEach(async () => {
  await phone?.stop();
  phone = null;
});

test('the desk phone calls and is accepted by the alert, then is called back from the tray', async ({ desk, kamailio }) => {
  const uri = `sip:at-the-desk@${kamailio.domain}`;
  phone = await startDeskPhone(kamailio, 'desk-phone', uri);
  const me = await desk.open();
  await signIn(me.page, 'at-the-desk', kamailio, { transport: 'udp' });
  await lookAway(me);
  await phone.ask('dial', uri);
  await expect.poll(async () => (await me.standIn.state()).notifications.length).toBe(1);
  const alert = await me.standIn.notificationTitled(`desk-phone@${kamailio.domain}`);
  const first = await me.callWindow(() => me.standIn.notificationAction(alert.id, 0));
  await expect(first.locator('[data-call-state=active]')).toBeVisible();
  await expectSound(first);
  await expect(first.locator('[data-protection=none]')).toBeVisible();
  await first.getByRole('button', { name: 'End' }).click();
  await expect.poll(() => first.isClosed()).toBe(true);

  // The tray knows whom one has written with.
  await startChat(me.page, `desk-phone@${kamailio.domain}`);
  await send(me.page, 'Calling back');
  const recent = async (): Promise<string | undefined> =>
    (await me.standIn.state()).tray?.menu
      ?.find(({ label }) => /Recent/.test(label))
      ?.submenu?.map(({ label }) => label)
      .find((label) => label.startsWith('desk-phone'));
  await expect.poll(recent).toBeDefined();
  const label = (await recent())!;
  const second = await me.callWindow(() => me.standIn.clickTrayItem('Recent', label, 'Call'));
  await expect(second.locator('[data-call-state=active]')).toBeVisible();
  await expectSound(second);
  await second.getByRole('button', { name: 'End' }).click();
});
