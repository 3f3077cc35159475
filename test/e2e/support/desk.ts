/** A desk for the desktop's specs: a session bus that shows tray icons, folders of its own, people at a server. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startKamailio, type Kamailio } from '../../support/kamailio.ts';
import { startSessionBus, type SessionBus } from '../../support/session-bus.ts';
import { expect, test as base, type Profile, type ProfileOptions } from './ahoy.ts';
import { openChat, send, startChat } from './main-window.ts';
import { signIn } from './sign-in.ts';

export interface Desk {
  /** Opens Ahoy on a desktop with a tray. */
  open(options?: ProfileOptions): Promise<Profile>;
  /** Where this desktop's programs keep their settings, XDG_CONFIG_HOME. */
  readonly configHome: string;
}

export interface Office {
  readonly server: Kamailio;
  /** Two people signed in at one server, of names nobody has had before. */
  two(first?: ProfileOptions): Promise<{ alice: Profile; bob: Profile; aliceUser: string; bobUser: string }>;
}

let users = 0;

export const test = base.extend<{ configHome: string; desk: Desk; office: Office }, { bus: SessionBus; kamailio: Kamailio }>({
  bus: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures wanted from the pattern
    async ({}, use) => {
      const bus = await startSessionBus();
      await use(bus);
      await bus.stop();
    },
    { scope: 'worker' },
  ],
  kamailio: [
    // eslint-disable-next-line no-empty-pattern -- as above
    async ({}, use) => {
      const server = await startKamailio();
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  // Made before the hosts and removed after them: they write there to their end.
  // eslint-disable-next-line no-empty-pattern -- as above
  configHome: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'ahoy-desk-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  },
  desk: async ({ configHome, openProfile, bus }, use) => {
    await use({
      configHome,
      open: (options = {}) =>
        openProfile({
          ...options,
          env: { DBUS_SESSION_BUS_ADDRESS: bus.address, XDG_CONFIG_HOME: configHome, XDG_DATA_HOME: configHome, ...options.env },
        }),
    });
  },
  office: async ({ desk, kamailio }, use) => {
    await use({
      server: kamailio,
      async two(first = {}) {
        users += 1;
        const [aliceUser, bobUser] = [`desk-alice${users}`, `desk-bob${users}`];
        const alice = await desk.open({ name: 'alice', ...first });
        const bob = await desk.open({ name: 'bob' });
        await signIn(alice.page, aliceUser, kamailio);
        await signIn(bob.page, bobUser, kamailio);
        return { alice, bob, aliceUser, bobUser };
      },
    });
  },
});

export { expect };

/** Somebody to talk to without a server. */
export async function practise({ page }: Profile): Promise<void> {
  await page.getByRole('button', { name: 'Try it without an account' }).click();
  await openChat(page, 'Echo');
}

/** Bob calls, from a chat with Alice; his call window. */
export async function callFrom(bob: Profile, aliceUser: string): Promise<Page> {
  if ((await bob.page.getByRole('textbox', { name: 'Message' }).count()) === 0) await startChat(bob.page, `${aliceUser}@sip.test`);
  return bob.callWindow(() => bob.page.getByRole('button', { name: 'Call', exact: true }).click());
}

export async function textFrom(bob: Profile, aliceUser: string, text: string): Promise<void> {
  if ((await bob.page.getByRole('textbox', { name: 'Message' }).count()) === 0) await startChat(bob.page, `${aliceUser}@sip.test`);
  await send(bob.page, text);
}

/** The user turns to another program. */
export async function lookAway({ standIn }: Profile): Promise<void> {
  await standIn.blurWindows();
}

export async function lookBack({ standIn }: Profile): Promise<void> {
  await standIn.focusWindow((await standIn.windowAt('index.html')).id);
}
