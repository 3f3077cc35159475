/**
 * A phone by another hand: Debian's baresip, registered at the same Kamailio.
 *
 *   Ahoy           Kamailio         baresip
 *     │── MESSAGE ───►│── MESSAGE ───►│
 *     │◄── MESSAGE ───│◄── MESSAGE ───│
 *     │── PUBLISH ───►│── NOTIFY ────►│
 *     │◄── NOTIFY ────│◄── PUBLISH ───│
 *     │◄── INVITE ────│◄── INVITE ────│
 *     │── 180, 603 ──►│──────────────►│
 *     │── INVITE ────►│──────────────►│
 *     │◄── 488 ───────│◄──────────────│   it has no WebRTC
 */
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { address, valueOf } from '../support/ahoy-core.ts';
import { startBaresip, type Baresip } from '../support/baresip.ts';
import { startKamailio, type Kamailio } from '../support/kamailio.ts';
import { signedIn, type SignedIn } from './support/signed-in.ts';

let server: Kamailio;
beforeAll(async () => {
  server = await startKamailio();
});
afterAll(() => server.stop());

const IN_TIME = { timeout: 10_000 };

interface Pair {
  readonly alice: SignedIn;
  readonly phone: Baresip;
  /** The phone's address. */
  readonly uri: string;
}

/** Both registered, the phone with Alice as its one contact. */
async function pair(name: string, transport: 'udp' | 'tcp'): Promise<Pair> {
  const alice = await signedIn(server, `alice-${name}-${transport}`, transport);
  const user = `phone-${name}-${transport}`;
  const phone = await startBaresip({
    user,
    domain: server.domain,
    password: server.password,
    port: server.ports[transport],
    transport,
    contact: alice.uri,
  });
  onTestFinished(() => phone.stop());
  await expect.poll(() => server.bindings(user), IN_TIME).toBe(1);
  return { alice, phone, uri: address(`${user}@${server.domain}`) };
}

describe.each(['udp', 'tcp'] as const)('over %s', (transport) => {
  it('texts go both ways, whole', async () => {
    const { alice, phone, uri } = await pair('text', transport);
    const toPhone = await alice.conversationWith(alice.accountId, uri);
    valueOf(await alice.client.ask.messaging.send({ conversationId: toPhone, text: 'Größe €😀 <&>' }));
    await expect.poll(() => phone.printed(), IN_TIME).toContain(`${alice.uri}: "Größe €😀 <&>"`);
    await phone.ask('message', 'zurück €😀 <&>');
    await expect
      .poll(async () => (await alice.messagesOf(toPhone)).map(({ text, state }) => `${text}: ${state}`), IN_TIME)
      .toEqual(['Größe €😀 <&>: sent', 'zurück €😀 <&>: received']);
  });

  it('each sees the other’s presence and its changes', async () => {
    const { alice, phone, uri } = await pair('presence', transport);
    const shown = async (): Promise<string> => /(\w+) Peer </.exec(await phone.ask('contacts'))?.[1] ?? '';
    await expect.poll(shown, IN_TIME).toBe('Online');
    valueOf(await alice.client.ask.presence.publish({ status: 'busy', note: '' }));
    await expect.poll(shown, IN_TIME).toBe('Busy');
    // It has no word of its own for `away`.
    valueOf(await alice.client.ask.presence.publish({ status: 'away', note: '' }));
    await expect.poll(shown, IN_TIME).toBe('Offline');
    valueOf(await alice.client.ask.presence.publish({ status: 'available', note: '' }));
    await expect.poll(shown, IN_TIME).toBe('Online');
    valueOf(await alice.client.ask.presence.publish({ status: 'appear-offline', note: '' }));
    await expect.poll(shown, IN_TIME).toBe('Offline');

    valueOf(await alice.client.ask.presence.watch({ accountId: alice.accountId, address: address(uri) }));
    const seen = () => alice.told.presentities.filter((each) => each.address === uri).at(-1)?.status;
    await expect.poll(seen, IN_TIME).toBe('available');
    await phone.ask('presence_offline');
    await expect.poll(seen, IN_TIME).toBe('offline');
    await phone.ask('presence_online');
    await expect.poll(seen, IN_TIME).toBe('available');
  });

  it('its call rings, and is cancelled by it, refused by us, and refused unasked where we do not want to be disturbed', async () => {
    const { alice, phone } = await pair('call', transport);
    const call = () => alice.told.calls.at(-1);
    await phone.ask('dial', alice.uri);
    await expect.poll(() => call()?.state, IN_TIME).toBe('ringing');
    await phone.ask('hangup');
    await expect.poll(() => call(), IN_TIME).toMatchObject({ state: 'ended', failure: { code: 'cancelled' } });

    const ringsAgain = async (): Promise<void> => {
      const before = call()?.id;
      await phone.ask('dial', alice.uri);
      await expect.poll(() => call()?.id !== before && call()?.state === 'ringing', IN_TIME).toBe(true);
    };
    const closings = (): string[] => [...phone.printed().matchAll(/session closed: (.*)/g)].map(([, why]) => why?.trim() ?? '');
    await ringsAgain();
    valueOf(await alice.client.ask.calls.reject({ callId: call()!.id }));
    await expect.poll(closings, IN_TIME).toEqual(['603 Decline']);
    await ringsAgain();
    valueOf(await alice.client.ask.calls.reject({ callId: call()!.id, busy: true }));
    await expect.poll(closings, IN_TIME).toEqual(['603 Decline', '486 Busy Here']);
    await expect.poll(() => call()?.state, IN_TIME).toBe('ended');

    const refused = call()?.id;
    valueOf(await alice.client.ask.presence.publish({ status: 'do-not-disturb', note: '' }));
    await phone.ask('dial', alice.uri);
    await expect.poll(closings, IN_TIME).toEqual(['603 Decline', '486 Busy Here', '486 Busy Here']);
    expect(call()?.id).toBe(refused);
  });

  it('our call, which it has no media for, ends with its 488', async () => {
    const { alice, uri } = await pair('media', transport);
    valueOf(await alice.client.ask.calls.place({ accountId: alice.accountId, to: address(uri), video: false }));
    await expect
      .poll(() => alice.told.calls.at(-1), IN_TIME)
      .toMatchObject({ state: 'ended', failure: { code: 'not-acceptable', status: 488 } });
  });
});
