/**
 * The server goes away in mid-use and comes back three seconds later with nothing remembered. Over UDP that is seen
 * because the connections are half a minute old at most; later, and with nothing under way, it would not be.
 *
 *   Alice          Kamailio          Bob
 *     │══ registered, subscribed ═════│
 *     │               ✕               │   unreachable, unknown, unpublished
 *     │  MESSAGE waits in the outbox  │
 *     │               ○               │
 *     │── REGISTER ──►│◄── REGISTER ──│
 *     │── PUBLISH ───►│◄── PUBLISH ───│
 *     │── SUBSCRIBE ─►│◄─ SUBSCRIBE ──│
 *     │── MESSAGE ───►│── MESSAGE ───►│
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TransportKind } from '../../common/model/account.ts';
import { valueOf } from '../support/ahoy-core.ts';
import { startKamailio, type Kamailio } from '../support/kamailio.ts';
import { signedIn, type SignedIn } from './support/signed-in.ts';

const AWAY_MS = 3_000;
const BACK_WITHIN_MS = 10_000;

let server: Kamailio;
beforeAll(async () => {
  server = await startKamailio();
});
afterAll(() => server.stop());

/** What a core knows now: of its registration, its publication and the one it watches. */
async function knownBy(core: SignedIn) {
  const { accounts } = valueOf(await core.client.snapshot('accounts')).state;
  const { own, presentities } = valueOf(await core.client.snapshot('presence')).state;
  return {
    registration: accounts[0]?.registration.state,
    publication: own.publications[0]?.state,
    presentity: presentities[0]?.status,
  };
}

const inUse = (presentity: string) => ({ registration: 'registered', publication: 'published', presentity });

it.each<TransportKind>(['ws', 'wss', 'tcp', 'tls', 'udp'])(
  'over %s a restart of the server is survived: said while it lasts, made good within ten seconds, no text lost or doubled',
  async (transport) => {
    const alice = await signedIn(server, `alice-${transport}`, transport);
    const bob = await signedIn(server, `bob-${transport}`, transport);
    valueOf(await bob.client.ask.presence.publish({ status: 'busy', note: '' }));
    const toBob = await alice.conversationWith(alice.accountId, bob.uri);
    await bob.conversationWith(bob.accountId, alice.uri);
    valueOf(await alice.client.ask.messaging.send({ conversationId: toBob, text: 'before' }));
    const states = async () => (await alice.messagesOf(toBob)).map(({ text, state }) => `${text}: ${state}`);
    await expect.poll(states).toEqual(['before: sent']);
    await expect.poll(() => knownBy(alice)).toEqual(inUse('busy'));
    await expect.poll(() => knownBy(bob)).toEqual(inUse('available'));

    await server.kill();
    const goneAtMs = Date.now();
    valueOf(await alice.client.ask.messaging.send({ conversationId: toBob, text: 'at once' }));
    for (const core of [alice, bob]) {
      await expect
        .poll(() => core.told.registrations.some(({ state }) => state === 'unreachable'), { timeout: AWAY_MS, interval: 20 })
        .toBe(true);
      const unreachable = core.told.registrations.find(({ state }) => state === 'unreachable');
      expect(unreachable?.failure?.code).toMatch(/^connection-(lost|refused)$/);
      expect(unreachable?.nextAttemptAtMs).toBeGreaterThan(goneAtMs);
      expect(unreachable?.expiresAtMs).toBeNull();
      expect(core.told.presentities.at(-1)).toMatchObject({ status: 'unknown' });
      expect((await knownBy(core)).publication).not.toBe('published');
    }
    valueOf(await alice.client.ask.messaging.send({ conversationId: toBob, text: 'meanwhile' }));
    await expect.poll(states).toEqual(['before: sent', 'at once: queued', 'meanwhile: queued']);
    await sleep(Math.max(0, goneAtMs + AWAY_MS - Date.now()));
    for (const core of [alice, bob]) expect(['unreachable', 'registering']).toContain((await knownBy(core)).registration);

    await server.start();
    const backAtMs = Date.now();
    const leftMs = () => Math.max(1, backAtMs + BACK_WITHIN_MS - Date.now());
    await expect.poll(() => knownBy(alice), { timeout: leftMs() }).toEqual(inUse('busy'));
    await expect.poll(() => knownBy(bob), { timeout: leftMs() }).toEqual(inUse('available'));
    // A text that comes before Bob does is kept by the server, which writes a note of its own before it and gives it
    // away at his next registration: that may be in the very moment in which it is being kept.
    const outcome = async () => {
      const told = bob.told.messages.map(({ text }) => text.replace(/^\[Offline message[^\]]*\] /, ''));
      const keptNow = (await states()).filter((each) => each.endsWith(': stored')).map((each) => each.replace(': stored', ''));
      if (keptNow.some((text) => !told.includes(text))) valueOf(await bob.client.ask.accounts.register({ accountId: bob.accountId }));
      return { told: told.sort(), states: (await states()).map((each) => each.replace(/stored$/, 'sent')) };
    };
    await expect
      .poll(outcome, { timeout: leftMs(), interval: 500 })
      .toEqual({ told: ['at once', 'before', 'meanwhile'], states: ['before: sent', 'at once: sent', 'meanwhile: sent'] });
    // Long enough for a repetition to arrive, if there were one.
    await sleep(1_000);
    expect(bob.told.messages).toHaveLength(3);
  },
  40_000,
);
