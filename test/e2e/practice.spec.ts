/**
 * A newcomer without an account: one click, then a text, a presence and a call.
 *
 *   page            host             practice exchange (Echo)
 *    │ Try it ──────►│── REGISTER ───────►│
 *    │ text ────────►│── MESSAGE ────────►│
 *    │◄──────────────│◄───────── MESSAGE ─│
 *    │ Call ────────►│── INVITE ─────────►│
 *    │◄═════════════ own voice back (RTP) ═══►│
 */
import { expectSound } from './support/call-statistics.ts';
import { expect, test } from './support/ahoy.ts';
import { conversationList, openChat, send, bubble } from './support/main-window.ts';

test('without an account: Echo repeats a text, is seen as available, and sends the voice back', async ({ openProfile }) => {
  const me = await openProfile();
  await me.page.getByRole('button', { name: 'Try it without an account' }).click();
  await expect(conversationList(me.page).getByText('Echo')).toBeVisible();

  await openChat(me.page, 'Echo');
  await expect(me.page.getByText('Available', { exact: false }).first()).toBeVisible();
  await expect(me.page.getByText('I repeat what you write and say').first()).toBeVisible();

  await send(me.page, 'Ahoy there €😀');
  await expect(bubble(me.page, 'Ahoy there €😀', 'sent')).toBeVisible();
  await expect(bubble(me.page, 'Ahoy there €😀', 'received')).toBeVisible();

  const call = await me.callWindow(() => me.page.getByRole('button', { name: 'Call', exact: true }).click());
  await expect(call.locator('[data-call-state=active]')).toBeVisible();
  await expectSound(call);
  await call.getByRole('button', { name: 'End' }).click();
  await expect.poll(() => call.isClosed()).toBe(true);

  await me.page.getByRole('button', { name: 'Calls' }).click();
  await expect(me.page.getByText('Echo').first()).toBeVisible();
});

test('Night Desk declines calls as busy, and removing practice leaves no trace', async ({ openProfile }) => {
  const me = await openProfile();
  await me.page.getByRole('button', { name: 'Try it without an account' }).click();
  await openChat(me.page, 'Night Desk');
  await expect(me.page.getByText('Only at night').first()).toBeVisible();
  const call = await me.callWindow(() => me.page.getByRole('button', { name: 'Call', exact: true }).click());
  await expect(call.locator('[data-call-state=ended]')).toContainText(/busy/i);
  await expect(call.getByRole('button', { name: 'Call again' })).toBeVisible();
  await call.getByRole('button', { name: 'Close' }).click();
  await expect.poll(() => call.isClosed()).toBe(true);

  await me.page.getByRole('button', { name: 'Settings' }).click();
  await me.page.getByRole('tab', { name: 'Practice' }).click();
  await me.page.getByRole('button', { name: 'Remove practice exchange' }).click();
  await me.page.getByRole('button', { name: 'Remove', exact: true }).click();
  await me.page.keyboard.press('Escape');
  await expect(me.page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await expect(me.page.getByText('Night Desk')).toHaveCount(0);
});
