/**
 * `npm run screenshots`: the pictures of docs/screenshots, taken from the real product. Two hosts, a Kamailio
 * between them, the practice exchange, and Chromium for each side. Only three things are arranged: what the
 * cameras see, what the sound devices are called, and when it all happened (the times in the database are moved).
 */
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { startHost, until, type RunningHost } from '../bench/support.ts';
import type { AccountSettings } from '../common/model/account.ts';
import type { AddressOfRecord } from '../common/model/address-of-record.ts';
import type { AccountId } from '../common/model/ids.ts';
import { CHROMIUM_ARGUMENTS, CHROMIUM_PATH } from '../test/support/chromium.ts';
import { startKamailio, type Kamailio } from '../test/support/kamailio.ts';
import { writeCameraPicture } from './camera-picture.ts';

const TARGET = join(import.meta.dirname, '..', 'docs', 'screenshots');
const LARGEST_BYTES = 200_000;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const MAIN = { width: 1100, height: 720 };
const CALL = { width: 380, height: 560 };
const VIDEO = { width: 720, height: 540 };
const NARROW = { width: 420, height: 720 };

/** What is said between Alice and Bob: days ago, time of that day, who, what. */
const STORY: readonly (readonly [number, string, 'alice' | 'bob', string])[] = [
  [2, '15:02', 'alice', 'The new handsets arrived, two boxes. They are at the front desk.'],
  [2, '15:09', 'bob', 'Good, thanks. I’ll fetch them after the meeting.'],
  [2, '15:09', 'bob', 'Did the chargers come too?'],
  [2, '15:11', 'alice', 'Yes, in the smaller box.'],
  [1, '09:30', 'bob', 'Five of eight are up. The others still want an address.'],
  [1, '09:34', 'alice', 'I wrote the settings down here: https://example.org/handsets'],
  [1, '11:48', 'bob', 'That helped, all eight ring now 🎉'],
  [0, '09:21', 'alice', 'Shall we go through the opening hours for next week? Ten minutes will do.'],
  [0, '09:24', 'bob', 'Sure. Call me whenever you like, I’m at my desk until noon.'],
  [0, '09:25', 'alice', 'Will do, right after coffee.'],
];

/** When the calls made below are said to have been, and how long; newest last, as they are made. */
const CALLS: readonly (readonly [number, string, number])[] = [
  [2, '17:20', 0],
  [1, '10:05', 64_000],
  [1, '16:41', 0],
  [0, '09:05', 312_000],
  [0, '09:31', 754_000],
];

/** A zone in which it is a little after ten in the morning, so that "today" has something in it at any hour. */
function morningZone(): string {
  const hours = 10 - new Date().getUTCHours();
  const offset = hours < -11 ? hours + 24 : hours;
  return `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;
}

function pointInTime(daysAgo: number, time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return new Date(Date.now() - daysAgo * DAY_MS).setHours(hour, minute, 0, 0);
}

async function openBrowser(camera: string): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM_PATH,
    args: [...CHROMIUM_ARGUMENTS, `--use-file-for-fake-video-capture=${camera}`, '--force-device-scale-factor=1'],
  });
}

/** Chromium's fake devices have names that nobody's computer has. */
function nameDevices(): void {
  const names: Record<string, string> = { audioinput: 'Headset microphone', audiooutput: 'Headset', videoinput: 'Integrated camera' };
  Object.defineProperty(MediaDeviceInfo.prototype, 'label', {
    get(this: MediaDeviceInfo) {
      return names[this.kind];
    },
  });
}

async function openPage(browser: Browser, address: string): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ viewport: MAIN, deviceScaleFactor: 1, locale: 'en-GB', colorScheme: 'light' });
  await context.addInitScript(nameDevices);
  // The question about alerts has its answer.
  await context.addInitScript(() => {
    if (location.protocol === 'http:') localStorage.setItem('ahoy.alerts-declined', 'yes');
  });
  const page = await context.newPage();
  await page.goto(address);
  return { context, page };
}

type ColourTheme = 'light' | 'dark';

async function shoot(page: Page, name: string, viewport = MAIN, themes: readonly ColourTheme[] = ['light', 'dark']): Promise<void> {
  await page.setViewportSize(viewport);
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme });
    await page.mouse.move(2, viewport.height - 2);
    await page.waitForTimeout(500);
    const path = join(TARGET, `${name}-${theme}.png`);
    await page.screenshot({ path });
    const { size } = statSync(path);
    if (size > LARGEST_BYTES) throw new Error(`${path} has ${size} bytes`);
    process.stdout.write(`${name}-${theme}.png ${Math.round(size / 1000)} kB\n`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(MAIN);
}

const addressOf = (user: string, server: Kamailio): AddressOfRecord => `sip:${user}@${server.domain}` as AddressOfRecord;

async function signIn(host: RunningHost, user: string, displayName: string, server: Kamailio) {
  const client = await host.client();
  const settings: Partial<AccountSettings> & Pick<AccountSettings, 'addressOfRecord'> = {
    addressOfRecord: addressOf(user, server),
    displayName,
    transport: 'tls',
    server: '127.0.0.1',
    port: server.ports.tls,
    certificateAuthorityFile: server.certificateFile,
  };
  const added = await client.ask.accounts.add({ settings, password: server.password });
  if (!added.ok) throw new Error(added.failure.code);
  const { accountId } = added.value;
  await until(async () => {
    const snapshot = await client.snapshot('accounts');
    return snapshot.ok && snapshot.value.state.accounts.some((each) => each.id === accountId && each.registration.state === 'registered');
  });
  return { client, accountId };
}

type SignedIn = Awaited<ReturnType<typeof signIn>>;

async function say(from: SignedIn, peer: AddressOfRecord, text: string, accountId: AccountId = from.accountId): Promise<void> {
  const opened = await from.client.ask.messaging.open({ accountId, peer });
  if (!opened.ok) throw new Error(opened.failure.code);
  const sent = await from.client.ask.messaging.send({ conversationId: opened.value.conversation.id, text });
  if (!sent.ok) throw new Error(sent.failure.code);
  const { messageId } = sent.value;
  await until(async () => {
    const page = await from.client.ask.messaging.page({ conversationId: opened.value.conversation.id, before: null, limit: 50 });
    return page.ok && page.value.messages.some((each) => each.id === messageId && each.state === 'sent');
  });
}

/** The call window that opens while `action` runs. */
async function callWindow(context: BrowserContext, action: () => Promise<unknown>): Promise<Page> {
  const [window] = await Promise.all([context.waitForEvent('page'), action()]);
  return window;
}

async function endCall(window: Page, context: BrowserContext): Promise<void> {
  await window.getByRole('button', { name: 'End', exact: true }).click();
  await until(() => context.pages().length === 1);
}

async function openChat(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^Chats/ }).click();
  await page.locator('button[data-row]', { hasText: name }).first().click();
  await page.getByRole('textbox', { name: 'Message' }).waitFor();
}

/** Moves what happened just now to when it is said to have happened. */
function moveTimes(profile: string): void {
  const database = new Database(join(profile, 'history.sqlite'));
  for (const [daysAgo, time, , text] of STORY)
    database.prepare('UPDATE message SET at_ms = ? WHERE text = ?').run(pointInTime(daysAgo, time), text);
  const practice = "conversation_id IN (SELECT id FROM conversation WHERE peer LIKE '%practice%')";
  const asked = database.prepare(`SELECT id FROM message WHERE ${practice} ORDER BY sequence`).all() as { id: string }[];
  asked.forEach(({ id }, index) => {
    database.prepare('UPDATE message SET at_ms = ? WHERE id = ?').run(pointInTime(1, '08:40') + index * MINUTE_MS, id);
  });
  database.exec(
    'UPDATE conversation SET changed_at_ms = coalesce((SELECT max(at_ms) FROM message WHERE conversation_id = conversation.id), changed_at_ms - 86400000)',
  );
  const records = database.prepare('SELECT id FROM call_record ORDER BY started_at_ms').all() as { id: string }[];
  records.forEach(({ id }, index) => {
    const [daysAgo, time, durationMs] = CALLS[index] ?? [0, '09:00', 0];
    database
      .prepare('UPDATE call_record SET started_at_ms = ?, duration_ms = ? WHERE id = ?')
      .run(pointInTime(daysAgo, time), durationMs, id);
  });
  database.close();
}

async function firstStart(browser: Browser): Promise<void> {
  const host = await startHost();
  const { context, page } = await openPage(browser, host.address);
  await page.getByRole('button', { name: 'Try it without an account' }).waitFor();
  await shoot(page, 'first-start');
  await context.close();
  await host.program.stop('SIGINT');
  rmSync(host.profile, { recursive: true, force: true });
}

async function tour(server: Kamailio, cameras: { readonly alice: string; readonly bob: string }): Promise<void> {
  const [aliceBrowser, bobBrowser] = [await openBrowser(cameras.alice), await openBrowser(cameras.bob)];
  await firstStart(aliceBrowser);

  const [aliceHost, bobHost] = [await startHost(), await startHost()];
  const alice = await signIn(aliceHost, 'alice', 'Alice', server);
  const bob = await signIn(bobHost, 'bob', 'Bob', server);
  const [toAlice, toBob] = [addressOf('alice', server), addressOf('bob', server)];
  await alice.client.ask.people.add({
    details: {
      name: 'Bob',
      addresses: [
        { address: toBob, label: 'Desk' },
        { address: 'tel:+15550100', label: 'Mobile' },
      ],
      favourite: true,
    },
  });
  await bob.client.ask.people.add({ details: { name: 'Alice', addresses: [{ address: toAlice, label: '' }] } });
  await bob.client.ask.presence.publish({ status: 'available', note: 'At my desk until noon' });
  const practice = await alice.client.ask.practice.start({});
  if (!practice.ok) throw new Error(practice.failure.code);
  const { accountId: practiceId } = practice.value;
  await until(async () => {
    const snapshot = await alice.client.snapshot('accounts');
    return snapshot.ok && snapshot.value.state.accounts.every((each) => each.registration.state === 'registered');
  });
  for (const [, , who, text] of STORY) await (who === 'alice' ? say(alice, toBob, text) : say(bob, toAlice, text));
  await say(alice, 'sip:echo@practice.invalid' as AddressOfRecord, 'Is this thing on?', practiceId);
  await say(alice, 'sip:reception@practice.invalid' as AddressOfRecord, 'Good morning', practiceId);

  const near = await openPage(aliceBrowser, aliceHost.address);
  const far = await openPage(bobBrowser, bobHost.address);
  const incoming = (page: Page) => page.getByRole('article', { name: /Incoming call from/ });

  // One that is busy, one with Echo, one that is missed.
  await openChat(near.page, 'Night Desk');
  const call = near.page.getByRole('button', { name: 'Call', exact: true });
  const busy = await callWindow(near.context, () => call.click());
  await busy.getByRole('button', { name: 'Call again' }).waitFor();
  await shoot(busy, 'call-failed', CALL);
  await busy.getByRole('button', { name: 'Close' }).click();
  await until(() => near.context.pages().length === 1);
  await openChat(near.page, 'Echo');
  const echo = await callWindow(near.context, () => call.click());
  await echo.locator('[data-call-state=active]').waitFor();
  await endCall(echo, near.context);
  await openChat(far.page, 'Alice');
  const unanswered = await callWindow(far.context, () => far.page.getByRole('button', { name: 'Call', exact: true }).click());
  await incoming(near.page).waitFor();
  await endCall(unanswered, far.context);

  for (const video of [false, true]) {
    await openChat(near.page, 'Bob');
    const window = await callWindow(near.context, () =>
      near.page.getByRole('button', { name: video ? 'Video call' : 'Call', exact: true }).click(),
    );
    const accept = incoming(far.page).getByRole('button', { name: video ? 'Accept with video' : 'Accept', exact: true });
    await callWindow(far.context, () => accept.click());
    await window.locator('[data-call-state=active]').waitFor();
    await window.waitForTimeout(9_000);
    // A picture is dark on every side, whatever the theme.
    if (video) await shoot(window, 'call-video', VIDEO, ['dark']);
    else await shoot(window, 'call-audio', CALL);
    await endCall(window, near.context);
    await until(() => far.context.pages().length === 1);
  }

  await near.page.getByRole('button', { name: /^Chats/ }).click();
  await aliceHost.program.stop('SIGINT');
  moveTimes(aliceHost.profile);
  const again = await startHost(aliceHost.profile);
  await near.page.goto(again.address);
  await openChat(near.page, 'Reception');
  await openChat(near.page, 'Echo');
  await openChat(near.page, 'Bob');
  await near.page.getByText('At my desk until noon').first().waitFor();

  await shoot(near.page, 'main');
  await shoot(near.page, 'narrow', NARROW);
  await near.page.getByRole('button', { name: 'People' }).click();
  await near.page.locator('button[data-row]', { hasText: 'Bob' }).first().click();
  await shoot(near.page, 'people');
  await near.page.getByRole('button', { name: /^Calls/ }).click();
  await near.page.locator('[data-outcome]').first().waitFor();
  await near.page.locator('[data-outcome] button[data-row]').first().click();
  await shoot(near.page, 'calls');
  await openChat(near.page, 'Bob');
  await near.page.getByRole('button', { name: 'Settings' }).click();
  await shoot(near.page, 'settings-accounts');
  await near.page.getByRole('tab', { name: 'Devices' }).click();
  await shoot(near.page, 'settings-devices');
  await near.page.getByRole('button', { name: 'Close' }).click();

  const ringing = await callWindow(far.context, () => far.page.getByRole('button', { name: 'Video call', exact: true }).click());
  await incoming(near.page).waitFor();
  await shoot(near.page, 'incoming');
  await endCall(ringing, far.context);

  for (const browser of [aliceBrowser, bobBrowser]) await browser.close();
  for (const { program } of [again, bobHost]) await program.stop('SIGINT');
  for (const { profile } of [again, bobHost]) rmSync(profile, { recursive: true, force: true });
}

process.env['TZ'] = morningZone();
mkdirSync(TARGET, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), 'ahoy-screenshots-'));
const cameras = { alice: join(folder, 'alice.y4m'), bob: join(folder, 'bob.y4m') };
writeFileSync(cameras.alice, writeCameraPicture({ wall: [222, 205, 186], shirt: [164, 84, 72], hair: [92, 58, 38] }));
writeFileSync(cameras.bob, writeCameraPicture({ wall: [188, 205, 214], shirt: [58, 88, 142], hair: [48, 44, 46] }));
const server = await startKamailio();
try {
  await tour(server, cameras);
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
