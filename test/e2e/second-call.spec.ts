/**
 * A second call, listened to by a second person: who is held hears nothing of it.
 *
 *   Bob            Alice           Carol
 *    │◄════ sound ════►│              │
 *    │                 │◄── INVITE ───│
 *    │◄─ re-INVITE ────│ Hold and accept
 *    │   (silence)     │◄═══ sound ══►│
 *    │                 │ swap         │
 *    │◄════ sound ════►│  (silence)   │
 */
import { startKamailio, type Kamailio } from '../support/kamailio.ts';
import { expect, test, type Profile } from './support/ahoy.ts';
import { expectSilence, expectSound } from './support/call-statistics.ts';
import { lookBack } from './support/desk.ts';
import { startChat } from './support/main-window.ts';
import { signIn } from './support/sign-in.ts';
import type { Locator, Page } from '@playwright/test';

let server: Kamailio;
test.beforeAll(async () => {
  server = await startKamailio();
});
test.afterAll(async () => {
  await server.stop();
});

/** In the main window, which a person turns back to: after a call window opened, a desktop shows the card elsewhere. */
async function cardOf(profile: Profile): Promise<Locator> {
  if (test.info().project.name === 'electron-stand-in') await lookBack(profile);
  return profile.page.getByRole('article', { name: /Incoming call from/ });
}
const place = (page: Page) => page.getByRole('button', { name: 'Call', exact: true }).click();

test('who is held hears nothing of the second call, whichever of the two it is, and hears again when it is resumed', async ({
  openProfile,
}) => {
  const [alice, bob, carol] = [await openProfile('alice'), await openProfile('bob'), await openProfile('carol')];
  await signIn(alice.page, 'second-alice', server);
  await signIn(bob.page, 'second-bob', server);
  await signIn(carol.page, 'second-carol', server);

  await startChat(bob.page, 'second-alice@sip.test');
  const atBob = await bob.callWindow(() => place(bob.page));
  const withBob = await alice.callWindow(async () => (await cardOf(alice)).getByRole('button', { name: 'Accept', exact: true }).click());
  await expect(withBob.locator('[data-call-state=active]')).toBeVisible();
  await Promise.all([expectSound(atBob), expectSound(withBob)]);

  await startChat(carol.page, 'second-alice@sip.test');
  const atCarol = await carol.callWindow(() => place(carol.page));
  const withCarol = await alice.callWindow(async () => (await cardOf(alice)).getByRole('button', { name: 'Hold and accept' }).click());
  await expect(withCarol.locator('[data-call-state=active]')).toBeVisible();
  await expectSound(atCarol);
  await expectSilence(atBob);
  await expect(atBob.getByText('They put you on hold').first()).toBeVisible();
  await expectSound(withCarol);

  await alice.page.getByRole('button', { name: /^Talk to second-bob/ }).click();
  await expect(atCarol.getByText('They put you on hold').first()).toBeVisible();
  await expectSound(atBob);
  await expectSilence(atCarol);

  await alice.page.getByRole('button', { name: /^End the call with second-bob/ }).click();
  await expect.poll(() => atBob.isClosed()).toBe(true);
  await alice.page.getByRole('button', { name: /^Resume the call with second-carol/ }).click();
  await expectSound(atCarol);
});
