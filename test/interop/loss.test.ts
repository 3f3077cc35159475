/**
 * A line that loses a fifth of all datagrams, each way, at both ends, from the first REGISTER on.
 *
 *   Alice          Kamailio          Bob
 *     │── MESSAGE ✕   │               │
 *     │── MESSAGE ───►│── MESSAGE ✕   │
 *     │               │── MESSAGE ───►│
 *     │               │   ✕ 200 ──────│
 *     │               │── MESSAGE ───►│   known: answered, not shown again
 *     │   ✕ 200 ──────│◄── 200 ───────│
 *     │── MESSAGE ───►│               │
 *     │◄── 200 ───────│               │
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '../support/ahoy-core.ts';
import { startKamailio, type Kamailio } from '../support/kamailio.ts';
import { badLine } from './support/bad-line.ts';
import { kamailioSettings, signedIn } from './support/signed-in.ts';

const LOSS = 0.2;
const BOBS = 5;
const TEXTS_EACH = 10;
/** Kamailio tries Bob four times in five seconds and then keeps a text itself; on this line four are always enough. */
const LINE = 'line 184';

let server: Kamailio;
beforeAll(async () => {
  server = await startKamailio();
});
afterAll(() => server.stop());

it('over UDP that loses a fifth each way, 50 of 50 texts arrive, none twice, each conversation in its order', async () => {
  const atAlice = badLine(LINE, LOSS);
  const atBob = badLine(LINE, LOSS);
  const alice = await signedIn(server, 'alice', 'udp', { openSocket: atAlice.openSocket });
  // Texts of one conversation wait for each other: five conversations take a fifth of the time.
  const bob = await signedIn(server, 'bob-1', 'udp', { openSocket: atBob.openSocket });
  const bobs = [{ accountId: bob.accountId, uri: bob.uri }];
  for (let number = 2; number <= BOBS; number += 1) {
    const settings = kamailioSettings(server, `bob-${number}`, 'udp');
    bobs.push({ accountId: await bob.addAccount(settings, server.password), uri: settings.addressOfRecord });
  }
  const registrations = async () =>
    valueOf(await bob.client.snapshot('accounts')).state.accounts.map(({ registration }) => registration.state);
  await expect.poll(registrations, { timeout: 20_000 }).toEqual(bobs.map(() => 'registered'));

  const conversations = await Promise.all(bobs.map(({ uri }) => alice.conversationWith(alice.accountId, uri)));
  const textsFor = (which: number): string[] =>
    Array.from({ length: TEXTS_EACH }, (_, index) => `to ${which + 1}: ${index + 1} of ${TEXTS_EACH}`);
  for (const [which, conversationId] of conversations.entries()) {
    for (const text of textsFor(which)) valueOf(await alice.client.ask.messaging.send({ conversationId, text }));
  }
  const states = async () => (await Promise.all(conversations.map((each) => alice.messagesOf(each)))).flat().map(({ state }) => state);
  await expect
    .poll(async () => (await states()).every((state) => state === 'sent' || state === 'stored'), { timeout: 80_000, interval: 200 })
    .toBe(true);

  for (const [which, { accountId }] of bobs.entries()) {
    const arrived = await bob.messagesOf(await bob.conversationWith(accountId, alice.uri));
    expect(arrived.map(({ text }) => text)).toEqual(textsFor(which));
  }
  expect(new Set(await states())).toEqual(new Set(['sent']));
  // Otherwise nothing was tried.
  for (const line of [atAlice, atBob]) {
    expect(line.lost.sent).toBeGreaterThan(10);
    expect(line.lost.received).toBeGreaterThan(10);
  }
});
