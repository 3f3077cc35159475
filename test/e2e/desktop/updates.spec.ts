/**
 * Updates, by the real updater of an AppImage: a list and a file on a server of this computer, the program that is
 * to be replaced a script.
 *
 *   Ahoy ── GET latest-linux.yml ──► server       Ahoy quits ── mv ──► the AppImage
 *        ── GET Ahoy-9.9.9.AppImage ──►
 */
import { createHash, generateKeyPairSync } from 'node:crypto';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { signedList } from '../../../scripts/sign-updates.ts';
import type { Profile } from '../support/ahoy.ts';
import { expect, practise, test as base, type Desk } from '../support/desk.ts';

const OLD = '#!/bin/sh\n# the version that runs\n';
const NEW = `#!/bin/sh\n# the new version ${'x'.repeat(50_000)}\nexit 0\n`;
const sum = (text: string): string => createHash('sha512').update(text).digest('base64');

const publisher = generateKeyPairSync('ed25519');
const stranger = generateKeyPairSync('ed25519');

interface Release {
  /** What the list says of the file, and what is sent for it. */
  readonly sha512: string;
  readonly sent: string | null;
  readonly version?: string;
  /** Who signed it; null: nobody. */
  readonly signedBy?: typeof publisher | null;
}

interface Updating {
  readonly server: { release: Release; readonly address: string; readonly asked: string[] };
  readonly appImage: string;
  open(options?: { withAddress?: boolean }): Promise<Profile>;
}

async function serve(): Promise<{ server: Server; state: Updating['server'] }> {
  const asked: string[] = [];
  const state = { release: { sha512: sum(NEW), sent: NEW } as Release, address: '', asked };
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    asked.push(path);
    const { release } = state;
    const version = release.version ?? '9.9.9';
    if (path === '/latest-linux.yml') {
      const { signedBy = publisher } = release;
      const list =
        `version: ${version}\nfiles:\n  - url: Ahoy-9.9.9.AppImage\n    sha512: ${release.sha512}\n    size: ${NEW.length}\n` +
        `path: Ahoy-9.9.9.AppImage\nsha512: ${release.sha512}\nreleaseDate: '2026-01-01T00:00:00.000Z'\nreleaseNotes: |\n  Rings <b>louder</b>\n`;
      response.end(signedBy === null ? list : signedList(list, signedBy.privateKey));
    } else if (path === '/Ahoy-9.9.9.AppImage' && release.sent !== null) response.end(release.sent);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  state.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { server, state };
}

const test = base.extend<{ updating: Updating }>({
  updating: async ({ desk }, use) => {
    const { server, state } = await serve();
    const folder = mkdtempSync(join(tmpdir(), 'ahoy-update-'));
    const resources = join(folder, 'resources');
    const appImage = join(folder, 'Ahoy.AppImage');
    mkdirSync(resources);
    copyFileSync('resources/build/updater.yml', join(resources, 'updater.yml'));
    writeFileSync(join(resources, 'update-keys.pem'), publisher.publicKey.export({ type: 'spki', format: 'pem' }));
    writeFileSync(appImage, OLD);
    chmodSync(appImage, 0o755);
    await use({
      server: state,
      appImage,
      open: ({ withAddress = false } = {}) => {
        if (withAddress)
          writeFileSync(join(resources, 'app-update.yml'), `provider: generic\nurl: ${state.address}\nupdaterCacheDirName: ahoy\n`);
        return openPackaged(desk, resources, appImage, folder);
      },
    });
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true, force: true });
  },
});

function openPackaged(desk: Desk, resources: string, appImage: string, folder: string): Promise<Profile> {
  return desk.open({ env: { AHOY_STAND_IN_RESOURCES: resources, APPIMAGE: appImage, XDG_CACHE_HOME: join(folder, 'cache') } });
}

async function openAbout(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('tab', { name: 'About' }).click();
}

async function typeAddress(page: Page, address: string): Promise<void> {
  await page.getByRole('button', { name: 'Address for updates' }).click();
  await page.getByLabel('Address', { exact: true }).fill(address);
  await page.getByRole('button', { name: 'Use this address' }).click();
}

/** Types it and answers the question that no page can answer. */
async function setAddress(me: Profile, address: string): Promise<void> {
  await typeAddress(me.page, address);
  await expect.poll(async () => (await me.standIn.state()).dialogs.map(({ detail }) => detail)).toEqual([address]);
  await me.standIn.answerDialog(0);
}

test('are off without an address, and take none that others could read or change', async ({ updating }) => {
  const me = await updating.open();
  await practise(me);
  await openAbout(me.page);
  await expect(me.page.getByText('No address for updates is set, so none are looked for.')).toBeVisible();
  await typeAddress(me.page, 'http://updates.example.org/');
  await expect(me.page.getByText('Write an address that begins with https://, or with http:// on this computer only.')).toBeVisible();
  expect(updating.server.asked).toEqual([]);
});

test('come from nowhere that was not confirmed outside the window', async ({ updating }) => {
  const me = await updating.open();
  await practise(me);
  await openAbout(me.page);
  await typeAddress(me.page, updating.server.address);
  await expect.poll(async () => (await me.standIn.state()).dialogs.length).toBe(1);
  await me.standIn.answerDialog(1);
  await expect(me.page.getByText('It was not confirmed, so nothing was changed.')).toBeVisible();
  expect(updating.server.asked).toEqual([]);
});

test('are found, told with what is new, and installed when Ahoy quits', async ({ updating }) => {
  const me = await updating.open();
  await practise(me);
  await openAbout(me.page);
  await setAddress(me, updating.server.address);
  await me.page.getByRole('button', { name: 'Check now' }).click();
  await expect(me.page.getByText('Version 9.9.9 is ready. It is installed when Ahoy quits.')).toBeVisible();
  await expect(me.page.getByText('Rings louder')).toBeVisible();
  expect(readFileSync(updating.appImage, 'utf8')).toBe(OLD);

  // Not during a call, whatever is pressed.
  await me.page.keyboard.press('Escape');
  const call = await me.callWindow(() => me.page.getByRole('button', { name: 'Call', exact: true }).click());
  await expect(call.locator('[data-call-state=active]')).toBeVisible();
  await openAbout(me.page);
  await me.page.getByRole('button', { name: 'Restart and install' }).click();
  await expect(me.page.getByText('Ahoy does not restart during a call. End the call first.')).toBeVisible();
  expect(readFileSync(updating.appImage, 'utf8')).toBe(OLD);
  await call.getByRole('button', { name: 'End' }).click();
  await expect.poll(() => call.isClosed()).toBe(true);

  await me.standIn.quit();
  expect(await me.host().exited).toBe(0);
  expect(readFileSync(updating.appImage, 'utf8')).toBe(NEW);
});

test('are installed at once by "Restart and install"', async ({ updating }) => {
  const me = await updating.open({ withAddress: true });
  await practise(me);
  await openAbout(me.page);
  await me.page.getByRole('button', { name: 'Check now' }).click();
  await me.page.getByRole('button', { name: 'Restart and install' }).click();
  expect(await me.host().exited).toBe(0);
  expect(readFileSync(updating.appImage, 'utf8')).toBe(NEW);
});

for (const [what, release] of [
  ['tampered with', { sha512: sum(NEW), sent: NEW.replace('new', 'bad') }],
  ['cut short', { sha512: sum(NEW), sent: NEW.slice(0, 20_000) }],
  ['missing', { sha512: sum(NEW), sent: null }],
] as const)
  test(`that are ${what} leave the running version alone`, async ({ updating }) => {
    updating.server.release = release;
    const me = await updating.open();
    await practise(me);
    await openAbout(me.page);
    await setAddress(me, updating.server.address);
    await me.page.getByRole('button', { name: 'Check now' }).click();
    await expect(me.page.getByText('The update did not succeed. This version goes on as it is.')).toBeVisible({ timeout: 30_000 });
    await expect(me.page.getByRole('button', { name: 'Restart and install' })).toHaveCount(0);
    await me.standIn.quit();
    expect(await me.host().exited).toBe(0);
    expect(readFileSync(updating.appImage, 'utf8')).toBe(OLD);
  });

for (const [what, signedBy] of [
  ['not signed', null],
  ['signed by somebody else', stranger],
] as const)
  test(`that are ${what} are not taken, neither on request nor when Ahoy quits`, async ({ updating }) => {
    updating.server.release = { sha512: sum(NEW), sent: NEW, signedBy };
    const me = await updating.open({ withAddress: true });
    await practise(me);
    await openAbout(me.page);
    await me.page.getByRole('button', { name: 'Check now' }).click();
    await expect(me.page.getByText('The update is not signed by Ahoy’s publisher, so it was not taken.')).toBeVisible({ timeout: 30_000 });
    await expect(me.page.getByRole('button', { name: 'Restart and install' })).toHaveCount(0);
    await me.standIn.quit();
    expect(await me.host().exited).toBe(0);
    expect(readFileSync(updating.appImage, 'utf8')).toBe(OLD);
  });

test('that are older are no updates', async ({ updating }) => {
  updating.server.release = { sha512: sum(NEW), sent: NEW, version: '0.0.1' };
  const me = await updating.open({ withAddress: true });
  await practise(me);
  await openAbout(me.page);
  await me.page.getByRole('button', { name: 'Check now' }).click();
  await expect(me.page.getByText(/^This is the newest version/)).toBeVisible();
});
