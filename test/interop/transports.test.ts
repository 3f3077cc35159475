/**
 * The same day over each transport, against Debian's Kamailio.
 *
 *   Alice          Kamailio          Bob
 *     │── REGISTER ──►│◄── REGISTER ──│
 *     │── MESSAGE ───►│── MESSAGE ───►│
 *     │◄── MESSAGE ───│◄── MESSAGE ───│
 *     │── SUBSCRIBE ─►│               │
 *     │               │◄── PUBLISH ───│
 *     │◄── NOTIFY ────│               │
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TransportKind } from '../../common/model/account.ts';
import { address, valueOf } from '../support/ahoy-core.ts';
import { startKamailio, type Kamailio } from '../support/kamailio.ts';
import { signedIn } from './support/signed-in.ts';

let server: Kamailio;
beforeAll(async () => {
  server = await startKamailio();
});
afterAll(() => server.stop());

const pairs: readonly (readonly [TransportKind, TransportKind])[] = [
  ['ws', 'wss'],
  ['wss', 'tcp'],
  ['tcp', 'tls'],
  ['tls', 'udp'],
  ['udp', 'ws'],
];

describe.each(pairs)('over %s, with the far side over %s', (near, far) => {
  it('texts go both ways, and presence is published, seen, changed and taken back', async () => {
    const alice = await signedIn(server, `alice-${near}`, near);
    const bob = await signedIn(server, `bob-${near}`, far);
    const toBob = await alice.conversationWith(alice.accountId, bob.uri);
    valueOf(await alice.client.ask.messaging.send({ conversationId: toBob, text: `über ${near} €😀` }));
    await expect.poll(() => bob.told.messages.map(({ text }) => text)).toEqual([`über ${near} €😀`]);
    const toAlice = bob.told.messages[0]!.conversationId;
    valueOf(await bob.client.ask.messaging.send({ conversationId: toAlice, text: 'and back' }));
    await expect
      .poll(() => alice.told.messages.filter(({ direction }) => direction === 'incoming').map(({ text }) => text))
      .toEqual(['and back']);
    await expect.poll(async () => (await alice.messagesOf(toBob)).map(({ state }) => state)).toEqual(['sent', 'received']);

    const seen = () => alice.told.presentities.filter((each) => each.address === bob.uri).at(-1);
    await expect.poll(() => seen()?.status).toBe('available');
    valueOf(await bob.client.ask.presence.publish({ status: 'busy', note: 'Größe <&> "zwei"' }));
    await expect.poll(() => seen()).toMatchObject({ status: 'busy', note: 'Größe <&> "zwei"' });
    valueOf(await bob.client.ask.presence.publish({ status: 'appear-offline', note: '' }));
    await expect.poll(() => seen()?.status).toBe('offline');
    valueOf(await bob.client.ask.presence.publish({ status: 'away', note: '' }));
    await expect.poll(() => seen()?.status).toBe('away');
    await bob.close();
    await expect.poll(() => seen()?.status, { timeout: 5_000 }).toBe('offline');
  });

  it('a call is placed, held by both, sends tones and ends', async () => {
    const alice = await signedIn(server, `call-a-${near}`, near, {}, { dtmf: 'info' });
    const bob = await signedIn(server, `call-b-${near}`, far);
    const { callId } = valueOf(await alice.client.ask.calls.place({ accountId: alice.accountId, to: address(bob.uri), video: false }));
    await expect.poll(() => bob.told.calls.at(-1)?.state).toBe('ringing');
    const bobsCall = bob.told.calls.at(-1)!.id;
    await expect.poll(() => alice.told.calls.at(-1)?.state).toBe('ringing');
    valueOf(await bob.client.ask.calls.accept({ callId: bobsCall, video: false }));
    await expect.poll(() => [alice.told.calls.at(-1)?.state, bob.told.calls.at(-1)?.state]).toEqual(['active', 'active']);

    valueOf(await alice.client.ask.calls.hold({ callId }));
    await expect.poll(() => [alice.told.calls.at(-1)?.heldByUs, bob.told.calls.at(-1)?.heldByThem]).toEqual([true, true]);
    valueOf(await alice.client.ask.calls.resume({ callId }));
    await expect.poll(() => [alice.told.calls.at(-1)?.heldByUs, bob.told.calls.at(-1)?.heldByThem]).toEqual([false, false]);
    valueOf(await bob.client.ask.calls.hold({ callId: bobsCall }));
    await expect.poll(() => [bob.told.calls.at(-1)?.heldByUs, alice.told.calls.at(-1)?.heldByThem]).toEqual([true, true]);
    valueOf(await bob.client.ask.calls.resume({ callId: bobsCall }));
    await expect.poll(() => alice.told.calls.at(-1)?.heldByThem).toBe(false);

    valueOf(await alice.client.ask.calls.sendDtmf({ callId, tones: '5#' }));
    await expect.poll(() => bob.told.tones, { timeout: 5_000 }).toEqual(['5', '#']);
    valueOf(await bob.client.ask.calls.end({ callId: bobsCall }));
    await expect.poll(() => [alice.told.calls.at(-1)?.state, bob.told.calls.at(-1)?.state]).toEqual(['ended', 'ended']);
  });
});
