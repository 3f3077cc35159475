/** What a program can measure of WCAG 2.2 AA, on each section, in light and dark. */
import { expect, test } from './support/ahoy.ts';
import { openChat, send } from './support/main-window.ts';
import { expectNoViolations } from './support/no-violations.ts';

test('nothing that axe measures is violated, from the first sheet to a call', async ({ openProfile }) => {
  const me = await openProfile();
  const { page } = me;
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await expectNoViolations(page, 'first start');
  await page.getByRole('button', { name: 'Try it without an account' }).click();
  await openChat(page, 'Echo');
  await send(page, 'https://example.org and a text');
  await expect(page.locator('[data-message-state=received]')).toBeVisible();
  await expectNoViolations(page, 'a conversation');

  const call = await me.callWindow(() => page.getByRole('button', { name: 'Call', exact: true }).click());
  await expect(call.locator('[data-call-state=active]')).toBeVisible();
  await expectNoViolations(call, 'a call');
  await call.getByRole('button', { name: 'End' }).click();
  await expect.poll(() => call.isClosed()).toBe(true);

  await page.getByRole('button', { name: 'People' }).click();
  await expectNoViolations(page, 'people');
  await page.getByRole('button', { name: /^Calls/ }).click();
  await expect(page.locator('[data-outcome]').first()).toBeVisible();
  await expectNoViolations(page, 'calls');
  await page.getByRole('button', { name: 'Settings' }).click();
  for (const tab of ['Accounts', 'Passwords', 'Devices', 'Alerts', 'Desktop', 'Shortcuts', 'Appearance', 'Practice', 'About']) {
    await page.getByRole('tab', { name: tab }).click();
    await expectNoViolations(page, `settings, ${tab}`);
  }
});
