/**
 * Sleep and waking up on the desktop.
 *
 *   system      Ahoy                 Kamailio           Bob
 *    │ suspend ──►│── REGISTER, 0 s ────►│                │
 *    │            │                      │◄── MESSAGE ────│   kept
 *    │ resume ───►│── REGISTER ─────────►│                │
 *    │            │◄── MESSAGE ──────────│                │
 */
import { startKamailio, type Kamailio } from '../../support/kamailio.ts';
import { expect, test } from '../support/ahoy.ts';
import { bubble, openChat, send, startChat } from '../support/main-window.ts';
import { signIn } from '../support/sign-in.ts';

let server: Kamailio;
test.beforeAll(async () => {
  server = await startKamailio();
});
test.afterAll(async () => {
  await server.stop();
});

test('after sleep Ahoy is registered again within two seconds, by one binding, and gets what it missed', async ({ openProfile }) => {
  const [alice, bob] = [await openProfile('alice'), await openProfile('bob')];
  await signIn(alice.page, 'sleeper', server);
  await signIn(bob.page, 'waker', server);
  await startChat(bob.page, 'sleeper@sip.test');
  await send(bob.page, 'before');
  await openChat(alice.page, 'waker');
  await expect(bubble(alice.page, 'before', 'received')).toBeVisible();
  expect(server.bindings('sleeper')).toBe(1);

  alice.host().write('suspend\n');
  await expect.poll(() => server.bindings('sleeper')).toBe(0);
  await send(bob.page, 'while you slept');
  await expect(bubble(bob.page, 'while you slept', 'stored')).toBeVisible();

  const wokenAt = Date.now();
  alice.host().write('resume\n');
  await expect.poll(() => server.bindings('sleeper'), { intervals: [50], timeout: 2_000 }).toBe(1);
  process.stdout.write(`registered ${Date.now() - wokenAt} ms after waking up\n`);
  await expect(bubble(alice.page, 'while you slept', 'received')).toBeVisible();
  expect(server.bindings('sleeper')).toBe(1);
});
