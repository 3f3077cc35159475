/**
 * The main job, end to end: two people, two hosts, two Chromium pages, Debian's Kamailio between them.
 *
 *   Alice's page ── host ── SIP ── Kamailio ── SIP ── host ── Bob's page
 */
import { startKamailio, type Kamailio } from '../support/kamailio.ts';
import { expect, test, type Profile } from './support/ahoy.ts';
import { expectPictures, expectSound, statisticsOf } from './support/call-statistics.ts';
import { bubble, composer, openChat, send, startChat } from './support/main-window.ts';
import { signIn, type SignInOptions } from './support/sign-in.ts';
import type { Page } from '@playwright/test';

let server: Kamailio;
test.beforeAll(async () => {
  server = await startKamailio();
});
test.afterAll(async () => {
  await server.stop();
});

interface Two {
  readonly alice: Profile;
  readonly bob: Profile;
}

/** Users of their own for each test: what one leaves at the server must not meet the next. */
let count = 0;
async function two(
  openProfile: (name?: string) => Promise<Profile>,
  aliceOptions: SignInOptions = {},
  bobOptions: SignInOptions = {},
): Promise<Two & { aliceUser: string; bobUser: string }> {
  count += 1;
  const aliceUser = `alice${count}`;
  const bobUser = `bob${count}`;
  const [alice, bob] = [await openProfile('alice'), await openProfile('bob')];
  await signIn(alice.page, aliceUser, server, aliceOptions);
  await signIn(bob.page, bobUser, server, bobOptions);
  return { alice, bob, aliceUser, bobUser };
}

/** Places a call and accepts it; both call windows. */
async function connect({ alice, bob }: Two, video = false): Promise<{ atAlice: Page; atBob: Page }> {
  const atAlice = await alice.callWindow(() =>
    alice.page.getByRole('button', { name: video ? 'Video call' : 'Call', exact: true }).click(),
  );
  const card = bob.page.getByRole('article', { name: /Incoming call from/ });
  await expect(card).toBeVisible();
  const atBob = await bob.callWindow(() => card.getByRole('button', { name: video ? 'Accept with video' : 'Accept', exact: true }).click());
  await expect(atAlice.locator('[data-call-state=active]')).toBeVisible();
  await expect(atBob.locator('[data-call-state=active]')).toBeVisible();
  return { atAlice, atBob };
}

async function historyOf({ page }: Profile): Promise<string[]> {
  await page.getByRole('button', { name: /^Calls/ }).click();
  await expect(page.locator('[data-outcome]').first()).toBeVisible();
  return page.locator('[data-outcome]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-outcome') ?? ''));
}

test('texts go both ways and a presence change is seen in less than a second', async ({ openProfile }) => {
  const { alice, bob, aliceUser, bobUser } = await two(openProfile, { transport: 'ws' }, { transport: 'tls' });
  await startChat(alice.page, `${bobUser}@sip.test`);
  await send(alice.page, 'Grüße, Bob 👋');
  await expect(bubble(alice.page, 'Grüße, Bob 👋', 'sent')).toBeVisible();

  await openChat(bob.page, aliceUser);
  await expect(bubble(bob.page, 'Grüße, Bob 👋', 'received')).toBeVisible();
  await send(bob.page, 'And back');
  await expect(bubble(alice.page, 'And back', 'received')).toBeVisible();

  await expect(alice.page.getByText('Available').first()).toBeVisible();
  await bob.page.getByRole('button', { name: /Your status/ }).click();
  await bob.page.locator('label', { hasText: 'Busy' }).click();
  const changedAt = Date.now();
  await expect(alice.page.getByText('Busy').first()).toBeVisible({ timeout: 2_000 });
  expect(Date.now() - changedAt).toBeLessThan(1_000);
});

test('an audio call: sound both ways, hold and resume from both sides, tones, and the history', async ({ openProfile }) => {
  const pair = await two(openProfile, { transport: 'tcp', tonesByInfo: true }, { transport: 'udp' });
  await startChat(pair.alice.page, `${pair.bobUser}@sip.test`);
  const { atAlice, atBob } = await connect(pair);
  await Promise.all([expectSound(atAlice), expectSound(atBob)]);
  for (const window of [atAlice, atBob]) await expect(window.locator('[data-protection=dtls]')).toBeVisible();

  for (const [holder, held] of [
    [atAlice, atBob],
    [atBob, atAlice],
  ] as const) {
    await holder.getByRole('button', { name: 'Hold' }).click();
    await expect(held.getByText('They put you on hold').first()).toBeVisible();
    await expect(holder.getByText('On hold').first()).toBeVisible();
    const during = await statisticsOf(holder);
    await holder.waitForTimeout(700);
    expect((await statisticsOf(holder)).audioPacketsReceived - during.audioPacketsReceived).toBeLessThan(5);
    await holder.getByRole('button', { name: 'Resume' }).click();
    await expect(held.getByText('They put you on hold')).toHaveCount(0);
    await Promise.all([expectSound(holder), expectSound(held)]);
  }

  await atAlice.getByRole('button', { name: 'Keypad' }).click();
  await atAlice.getByRole('button', { name: 'Key 5' }).click();
  await expect(atBob.getByText('They pressed 5').first()).toBeVisible();

  await atBob.getByRole('button', { name: 'End' }).click();
  await expect.poll(() => atAlice.isClosed() && atBob.isClosed()).toBe(true);
  expect(await historyOf(pair.alice)).toEqual(['answered']);
  expect(await historyOf(pair.bob)).toEqual(['answered']);
});

test('a video call: pictures both ways', async ({ openProfile }) => {
  const pair = await two(openProfile, { transport: 'wss' }, { transport: 'ws' });
  await startChat(pair.alice.page, `${pair.bobUser}@sip.test`);
  const { atAlice, atBob } = await connect(pair, true);
  await Promise.all([expectPictures(atAlice), expectPictures(atBob)]);
  await atAlice.getByRole('button', { name: 'Camera off', exact: true }).click();
  await expect(atBob.getByText('camera is off')).toBeVisible();
  await expectPictures(atAlice);
  await atAlice.getByRole('button', { name: 'End' }).click();
  await expect.poll(() => atBob.isClosed()).toBe(true);
});

test('a call that began without pictures gets them from either side', async ({ openProfile }) => {
  const pair = await two(openProfile, { transport: 'wss' }, { transport: 'ws' });
  await startChat(pair.alice.page, `${pair.bobUser}@sip.test`);
  const { atAlice, atBob } = await connect(pair);
  await atAlice.getByRole('button', { name: 'Camera on', exact: true }).click();
  await expectPictures(atBob);
  await atBob.getByRole('button', { name: 'Camera on', exact: true }).click();
  await Promise.all([expectPictures(atAlice), expectPictures(atBob)]);
  await atAlice.getByRole('button', { name: 'End' }).click();
  await expect.poll(() => atBob.isClosed()).toBe(true);
});

test('a call that is declined and one that is cancelled are told and recorded right on both sides', async ({ openProfile }) => {
  const pair = await two(openProfile);
  const { alice, bob } = pair;
  await startChat(alice.page, `${pair.bobUser}@sip.test`);
  const call = alice.page.getByRole('button', { name: 'Call', exact: true });
  const card = bob.page.getByRole('article', { name: /Incoming call from/ });

  const declined = await alice.callWindow(() => call.click());
  await card.getByRole('button', { name: 'Decline' }).click();
  await expect(declined.locator('[data-call-state=ended]')).toContainText(/declined/i);
  await declined.getByRole('button', { name: 'Close' }).click();
  await expect.poll(() => declined.isClosed()).toBe(true);
  await expect(card).toHaveCount(0);

  const cancelled = await alice.callWindow(() => call.click());
  await expect(card).toBeVisible();
  await expect(cancelled.locator('[data-call-state=ringing]')).toBeVisible();
  await cancelled.getByRole('button', { name: 'End' }).click();
  await expect(card).toHaveCount(0);
  await expect.poll(() => cancelled.isClosed()).toBe(true);

  expect(await historyOf(alice)).toEqual(['cancelled', 'declined']);
  expect(await historyOf(bob)).toEqual(['missed', 'declined']);
});

test('losing the window that owns the media ends the call with a BYE', async ({ openProfile }) => {
  const pair = await two(openProfile);
  await startChat(pair.alice.page, `${pair.bobUser}@sip.test`);
  const { atAlice, atBob } = await connect(pair);
  await expectSound(atBob);
  await atAlice.close();
  await expect.poll(() => atBob.isClosed(), { timeout: 5_000 }).toBe(true);
});

test('a host killed in mid-chat and started again: nothing lost, nothing doubled, what was typed is kept', async ({ openProfile }) => {
  const { alice, bob, aliceUser, bobUser } = await two(openProfile, { transport: 'tcp' }, { transport: 'ws' });
  await startChat(alice.page, `${bobUser}@sip.test`);
  await send(alice.page, 'first');
  await openChat(bob.page, aliceUser);
  await expect(bubble(bob.page, 'first', 'received')).toBeVisible();

  for (let n = 1; n <= 20; n += 1) await send(alice.page, `text ${n} of 20`);
  await alice.kill();
  if (alice.pageOutlivesHost) await composer(alice.page).fill('half a thou');
  await send(bob.page, 'written while you were away');
  await alice.restart();

  if (alice.pageOutlivesHost) await expect(composer(alice.page)).toHaveValue('half a thou');
  else await openChat(alice.page, bobUser);
  await expect(bubble(alice.page, 'written while you were away', 'received')).toBeVisible({ timeout: 20_000 });
  // What the page had no answer for is said to be so; it is sent again by hand as a person would.
  await expect
    .poll(async () => (await textsOf(alice.page)).filter((text) => text.startsWith('text ')).length, { timeout: 20_000 })
    .toBe(20);
  await expect
    .poll(async () => (await textsOf(bob.page)).filter((text) => text.startsWith('text ')), { timeout: 30_000 })
    .toEqual(Array.from({ length: 20 }, (_, index) => `text ${index + 1} of 20`));
  if (alice.pageOutlivesHost) {
    await composer(alice.page).press('Enter');
    await expect(bubble(bob.page, 'half a thou', 'received')).toBeVisible();
  }
});

async function textsOf(page: Page): Promise<string[]> {
  return page.locator('[data-message-state] .text').allInnerTexts();
}
