/**
 * The Node host as a program: how it ends, who gets in, and what a person is told where something is wrong.
 *
 *   terminal ── Ctrl+C, second start ──► host ◄─ session ── page
 *                                         │
 *                                         └── REGISTER, MESSAGE ──► Kamailio
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocketServer } from 'ws';
import { startProgram } from '../support/child-program.ts';
import { startKamailio, type Kamailio } from '../support/kamailio.ts';
import { expect, test } from './support/ahoy.ts';
import { bubble, composer, openChat, send, startChat } from './support/main-window.ts';
import { fillSignIn, signIn } from './support/sign-in.ts';

let server: Kamailio;
test.beforeAll(async () => {
  server = await startKamailio();
});
test.afterAll(async () => {
  await server.stop();
});

const GARBAGE = 'This is no database. '.repeat(1_000);

/** Users of their own for each test: what one leaves at the server must not meet the next. */
let count = 0;
const newUser = (): string => `host-user${(count += 1)}`;

test('Ctrl+C takes the binding back and ends the host in less than three seconds', async ({ openProfile }) => {
  const user = newUser();
  const me = await openProfile();
  await signIn(me.page, user, server);
  await expect.poll(() => server.bindings(user)).toBe(1);

  const from = Date.now();
  expect(await me.host().stop('SIGINT')).toBe(0);
  expect(Date.now() - from).toBeLessThan(3_000);
  expect(server.bindings(user)).toBe(0);
});

test('Ctrl+C while it still starts ends the host in order too', async ({ openProfile }) => {
  const me = await openProfile();
  await me.page.getByRole('button', { name: 'Try it without an account' }).click();
  await openChat(me.page, 'Echo');
  expect(await me.host().stop('SIGINT')).toBe(0);
  // The practice exchange takes a moment to come up; the address is printed before.
  await me.restart();
  expect(await me.host().stop('SIGINT')).toBe(0);
});

test('a second start with the same profile says that Ahoy is running and ends; the first goes on', async ({ openProfile }) => {
  const me = await openProfile();
  await me.page.getByRole('button', { name: 'Try it without an account' }).click();
  await openChat(me.page, 'Echo');

  const second = startProgram(process.execPath, ['out/main/node.js', '--profile', me.folder, '--no-open']);
  expect(await second.exited).toBe(0);
  expect(second.output()).toContain('Ahoy is running with this profile already');
  // Its window is open, so no other is offered.
  expect(second.output()).not.toContain('http://');

  await send(me.page, 'Still there?');
  await expect(bubble(me.page, 'Still there?', 'received')).toBeVisible();
});

test('a second start offers an address where no window is open', async ({ openProfile }) => {
  const me = await openProfile();
  await me.page.goto('about:blank');
  // The host hears a moment later that its page is gone.
  const offered = async (): Promise<string> => {
    const second = startProgram(process.execPath, ['out/main/node.js', '--profile', me.folder, '--no-open']);
    expect(await second.exited).toBe(0);
    return /Ahoy is at (http\S+)/.exec(second.output())?.[1] ?? '';
  };
  let address = '';
  await expect.poll(async () => (address = await offered())).not.toBe('');
  await me.page.goto(address);
  await expect(me.page.getByRole('button', { name: 'Sign in' })).toBeVisible();
});

test('a browser that is not signed in says what to do, and the printed address signs in once', async ({ openProfile, sharedBrowser }) => {
  const me = await openProfile();
  const origin = new URL(me.address()).origin;
  const stranger = await sharedBrowser.newContext();
  const page = await stranger.newPage();
  for (const address of [origin, me.address()]) {
    await page.goto(address);
    await expect(page.getByText('This browser is not signed in to Ahoy.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Sign in' })).toHaveCount(0);
  }
  await stranger.close();
  await me.page.reload();
  await expect(me.page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  expect(me.page.url()).toBe(`${origin}/`);
  expect(await me.context.cookies()).toEqual([]);
});

test('whoever takes the port after Ahoy ended is told nothing by the open page, which is back when Ahoy is', async ({ openProfile }) => {
  const me = await openProfile();
  await me.page.getByRole('button', { name: 'Try it without an account' }).click();
  await openChat(me.page, 'Echo');
  const port = Number(new URL(me.address()).port);
  expect(await me.host().stop('SIGINT')).toBe(0);

  const heard: string[] = [];
  const cookies: unknown[] = [];
  const listener = new WebSocketServer({ host: '127.0.0.1', port });
  listener.on('connection', (socket, request) => {
    cookies.push(request.headers.cookie);
    socket.on('message', (frame: Buffer) => {
      heard.push(frame.toString());
      socket.send(JSON.stringify({ host: { nonce: 'n', proof: '0'.repeat(64) } }));
    });
  });
  await expect(me.page.getByText('Another program answers at Ahoy’s address.')).toBeVisible({ timeout: 20_000 });
  for (const frame of heard) expect(Object.keys(JSON.parse(frame) as object)).toEqual(['hello']);
  expect(heard.length).toBeGreaterThan(0);
  expect(cookies.every((cookie) => cookie === undefined)).toBe(true);
  for (const client of listener.clients) client.terminate();
  await new Promise((resolve) => listener.close(resolve));

  await me.restart();
  await expect(me.page.getByText('Another program answers')).toHaveCount(0, { timeout: 20_000 });
  await send(me.page, 'Back again');
  await expect(bubble(me.page, 'Back again', 'received')).toBeVisible({ timeout: 20_000 });
});

test('a browser that is signed out in the settings loses its pages at once', async ({ openProfile }) => {
  const me = await openProfile();
  await me.page.getByRole('button', { name: 'Try it without an account' }).click();
  await me.page.getByRole('button', { name: 'Settings' }).click();
  await me.page.getByRole('tab', { name: 'About' }).click();
  await expect(me.page.getByText(/Chromium \d+, Linux \(this one\)/)).toBeVisible();
  await me.page.getByRole('button', { name: /^Sign out Chromium/ }).click();
  await expect(me.page.getByText('This browser is not signed in to Ahoy.')).toBeVisible();
});

test('an unreadable database is kept aside, and the page says where', async ({ openProfile }) => {
  const me = await openProfile();
  await signIn(me.page, newUser(), server);
  expect(await me.host().stop('SIGINT')).toBe(0);
  writeFileSync(join(me.folder, 'history.sqlite'), GARBAGE);
  await me.restart();

  const notice = me.page.getByText('The message store could not be read');
  await expect(notice).toBeVisible();
  const kept = readdirSync(me.folder).find((name) => name.startsWith('history-unreadable-'));
  expect(kept).toBeDefined();
  await expect(notice).toContainText(join(me.folder, kept!));
  expect(readFileSync(join(me.folder, kept!), 'utf8')).toBe(GARBAGE);
  expect(existsSync(join(me.folder, 'history.sqlite'))).toBe(true);

  // It works on from there.
  await signIn(me.page, newUser(), server);
});

test('a wrong password is said in words and mended in the same sheet', async ({ openProfile }) => {
  const user = newUser();
  const me = await openProfile();
  await fillSignIn(me.page, user, server, { password: 'wrong' });
  await me.page.getByRole('button', { name: 'Sign in' }).click();
  await expect(me.page.getByRole('alert')).toContainText('Address or password is not right.');
  await expect(me.page.getByLabel('Address', { exact: true })).toHaveValue(`${user}@${server.domain}`);
  expect(server.bindings(user)).toBe(0);

  await me.page.getByLabel('Password', { exact: true }).fill(server.password);
  await me.page.getByRole('button', { name: 'Sign in' }).click();
  await expect(me.page.getByRole('button', { name: 'Sign in' })).toBeHidden();
  await expect.poll(() => server.bindings(user)).toBe(1);
});

test('a certificate that nobody vouches for is shown, and its authority’s file mends it', async ({ openProfile }) => {
  const user = newUser();
  const me = await openProfile();
  await fillSignIn(me.page, user, server, { transport: 'tls' });
  await me.page.getByLabel('Certificate authority file').fill('');
  await me.page.getByRole('button', { name: 'Sign in' }).click();
  const alert = me.page.getByRole('alert');
  await expect(alert.locator('dt', { hasText: 'Issued to' }).locator('+ dd')).toHaveText(/sip\.test/);
  await expect(alert.locator('dt', { hasText: 'Issued by' }).locator('+ dd')).toHaveText(/sip\.test/);
  await expect(alert.locator('dt', { hasText: 'Fingerprint' }).locator('+ dd')).toHaveText(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  expect(server.bindings(user)).toBe(0);

  await me.page.getByLabel('Certificate authority file').fill(server.certificateFile);
  await me.page.getByRole('button', { name: 'Sign in' }).click();
  await expect(me.page.getByRole('button', { name: 'Sign in' })).toBeHidden();
  await expect.poll(() => server.bindings(user)).toBe(1);
});

test('without a server what is written waits, over a restart too, and leaves when the server is back', async ({ openProfile }) => {
  const own = await startKamailio();
  try {
    const [me, you] = [await openProfile('me'), await openProfile('you')];
    const [mine, yours] = [newUser(), newUser()];
    await signIn(me.page, mine, own);
    await signIn(you.page, yours, own);
    await startChat(me.page, `${yours}@sip.test`);

    await own.kill();
    await expect(me.page.getByText(`${mine}@sip.test is not connected.`)).toBeVisible();
    await expect(me.page.getByText('messages wait here and leave when the account is back')).toBeVisible();
    await send(me.page, 'written without a server');
    await send(me.page, 'and one more');
    await expect(bubble(me.page, 'written without a server', 'queued')).toBeVisible();
    await expect(bubble(me.page, 'and one more', 'queued')).toBeVisible();

    await me.kill();
    await me.restart();
    await expect(bubble(me.page, 'written without a server', 'queued')).toBeVisible({ timeout: 20_000 });
    await expect(composer(me.page)).toHaveValue('');

    await own.start();
    await expect(bubble(me.page, 'and one more', 'sent').or(bubble(me.page, 'and one more', 'stored'))).toBeVisible({ timeout: 40_000 });
    await expect(me.page.getByText(`${mine}@sip.test is not connected.`)).toHaveCount(0);
    await openChat(you.page, mine);
    await expect(you.page.locator('[data-message-state=received]')).toHaveCount(2, { timeout: 40_000 });
    await expect(bubble(you.page, 'written without a server', 'received')).toBeVisible();
    await expect(bubble(you.page, 'and one more', 'received')).toBeVisible();
  } finally {
    await own.stop();
  }
});

test('of two first starts in the same moment one has the profile and the other says so', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ahoy-e2e-race-'));
  const start = () => startProgram(process.execPath, ['out/main/node.js', '--profile', folder, '--no-open']);
  const both = [start(), start()];
  try {
    await Promise.all(both.map((each) => each.waitFor(/Ahoy is at http/)));
    const second = both.filter((each) => each.output().includes('running with this profile already'));
    expect(second).toHaveLength(1);
    expect(await second[0]!.exited).toBe(0);
  } finally {
    await Promise.all(both.map((each) => each.stop('SIGINT')));
    rmSync(folder, { recursive: true, force: true });
  }
});
