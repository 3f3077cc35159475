/**
 * `npm run screenshots:desktop`: the pictures of what the desktop host adds, from the built Electron main and preload
 * on the stand-in: main window, call window, card of incoming calls, dial window, questions, settings.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { openElectronStandIn, type OpenedHost } from '../test/e2e/support/opened-host.ts';
import { openChat, send, startChat } from '../test/e2e/support/main-window.ts';
import { fillSignIn } from '../test/e2e/support/sign-in.ts';
import type { StandIn } from '../test/e2e/support/stand-in.ts';
import { startKamailio, type Kamailio } from '../test/support/kamailio.ts';
import { startSessionBus } from '../test/support/session-bus.ts';

const TARGET = process.argv[2] ?? join(import.meta.dirname, '..', 'docs', 'screenshots');
type Theme = 'light' | 'dark';

async function shoot(page: Page, name: string, themes: readonly Theme[] = ['light', 'dark']): Promise<void> {
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.waitForTimeout(400);
    await page.screenshot({ path: join(TARGET, `${name}-${theme}.png`) });
    process.stdout.write(`${name}-${theme}.png\n`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

async function until<T>(what: string, look: () => Promise<T | null | undefined | false>): Promise<T> {
  const giveUpAt = Date.now() + 20_000;
  while (Date.now() < giveUpAt) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${what} did not come`);
}

async function signIn(host: OpenedHost, user: string, name: string, server: Kamailio): Promise<void> {
  await fillSignIn(host.page, user, server);
  await host.page.getByLabel('Your name').fill(name);
  await host.page.getByRole('button', { name: 'Sign in' }).click();
  await host.page.getByRole('button', { name: 'Sign in' }).waitFor({ state: 'hidden' });
}

const standInOf = ({ standIn }: OpenedHost): StandIn => {
  if (!standIn) throw new Error('there is no stand-in');
  return standIn;
};

function pageOf(host: OpenedHost, address: string, visible = true): Promise<Page> {
  const standIn = standInOf(host);
  return until(address, async () => {
    const { windows } = await standIn.state();
    const found = windows.find(({ url, visible: seen }) => url.includes(address) && (!visible || seen));
    return found ? standIn.pageOf(found.id) : null;
  });
}

mkdirSync(TARGET, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), 'ahoy-pictures-'));
const bus = await startSessionBus();
const server = await startKamailio();
const env = { DBUS_SESSION_BUS_ADDRESS: bus.address, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder };
const hosts: OpenedHost[] = [];
const open = async (name: string): Promise<OpenedHost> => {
  const host = await openElectronStandIn(join(folder, name), { env });
  hosts.push(host);
  return host;
};
try {
  const alice = await open('alice');
  const bob = await open('bob');
  const carol = await open('carol');
  await signIn(alice, 'alice', 'Alice', server);
  await signIn(bob, 'bob', 'Bob', server);
  await signIn(carol, 'carol', 'Carol', server);

  await startChat(bob.page, 'alice@sip.test');
  await send(bob.page, 'Good morning. The new handsets are here.');
  await openChat(alice.page, 'Bob');
  await send(alice.page, 'I fetch them after the meeting.');
  await startChat(carol.page, 'alice@sip.test');
  await send(carol.page, 'Call me when you have a minute.');
  await alice.page.locator('button[data-row]', { hasText: 'Carol' }).first().waitFor();
  await shoot(alice.page, 'desktop-main');

  // The card: one call, then two.
  await standInOf(alice).blurWindows();
  await bob.page.getByRole('button', { name: 'Video call' }).click();
  const card = await pageOf(alice, 'incoming.html');
  await card.getByRole('article').first().waitFor();
  await shoot(card, 'desktop-card');
  await carol.page.getByRole('button', { name: 'Call', exact: true }).click();
  await card.getByRole('article').nth(1).waitFor();
  await shoot(card, 'desktop-cards');
  await card.getByRole('article').nth(1).getByRole('button', { name: 'Decline' }).click();
  await card.getByRole('article').first().getByRole('button', { name: 'Accept with video' }).click();
  const call = await pageOf(alice, 'call.html');
  await call.locator('[data-call-state=active]').waitFor();
  await shoot(call, 'desktop-call');
  await call.getByRole('button', { name: 'End' }).click();

  await until('the tray', async () => (await standInOf(alice).state()).tray);
  await standInOf(alice).clickTrayItem('Dial');
  const dial = await pageOf(alice, 'dial.html');
  await shoot(dial, 'desktop-dial-empty', ['light']);
  await dial.keyboard.type('bo');
  await shoot(dial, 'desktop-dial');

  await standInOf(alice).openUrl('sip:bob@sip.test');
  await alice.page.getByRole('dialog').waitFor();
  await shoot(alice.page, 'desktop-link');
  await alice.page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();

  await alice.page.getByRole('button', { name: 'Settings' }).click();
  for (const tab of ['Desktop', 'Shortcuts', 'Alerts', 'Passwords', 'About']) {
    await alice.page.getByRole('tab', { name: tab }).click();
    await shoot(alice.page, `settings-${tab.toLowerCase()}`);
  }
  await alice.page.setViewportSize({ width: 420, height: 720 });
  await alice.page.getByRole('tab', { name: 'Desktop' }).click();
  await shoot(alice.page, 'settings-desktop-narrow', ['light']);
} finally {
  for (const host of hosts) {
    await host.program.stop('SIGINT');
    await host.close().catch(() => undefined);
  }
  await server.stop();
  await bus.stop();
  rmSync(folder, { recursive: true, force: true });
}
