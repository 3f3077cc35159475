/** What a program can measure of WCAG 2.2 AA on what the desktop adds. */
import { callFrom, expect, lookAway, test } from '../support/desk.ts';
import { expectNoViolations } from '../support/no-violations.ts';

test('nothing that axe measures is violated: settings of the desktop, a question, the card, the dial window', async ({ office }) => {
  const { alice, bob, aliceUser } = await office.two();
  await alice.page.getByRole('button', { name: 'Settings' }).click();
  for (const tab of ['Alerts', 'Desktop', 'Shortcuts', 'Passwords', 'About']) {
    await alice.page.getByRole('tab', { name: tab }).click();
    await expectNoViolations(alice.page, `settings, ${tab}`);
  }
  await alice.page.keyboard.press('Escape');
  await alice.standIn.openUrl('tel:+44201234');
  await expect(alice.page.getByRole('dialog', { name: 'Call?' })).toBeVisible();
  await expectNoViolations(alice.page, 'a question');
  await alice.page.getByRole('button', { name: 'Cancel' }).click();

  await alice.standIn.clickTrayItem('Dial');
  const dial = await alice.standIn.pageOf((await alice.standIn.windowAt('dial.html')).id);
  await dial.keyboard.type('desk');
  await expectNoViolations(dial, 'the dial window');

  await lookAway(alice);
  await callFrom(bob, aliceUser);
  await expect.poll(async () => (await alice.standIn.windowAt('incoming.html')).visible).toBe(true);
  const card = await alice.standIn.pageOf((await alice.standIn.windowAt('incoming.html')).id);
  await expect(card.getByRole('article')).toBeVisible();
  await expectNoViolations(card, 'the card');
});
