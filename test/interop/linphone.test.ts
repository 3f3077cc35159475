/**
 * Another phone by another hand: liblinphone, as Debian's linphone-daemon, registered at the same Kamailio.
 *
 *   Ahoy           Kamailio        Linphone
 *     │── MESSAGE ───►│── MESSAGE ───►│
 *     │◄── MESSAGE ───│◄── MESSAGE ───│   and an IMDN, which is not shown
 *     │── PUBLISH ───►│── NOTIFY ────►│
 *     │◄── NOTIFY ────│◄── PUBLISH ───│
 *     │◄── INVITE ────│◄── INVITE ────│
 *     │── 180, 603 ──►│──────────────►│
 *     │── INVITE ────►│──────────────►│
 *     │◄── 488 ───────│◄──────────────│   it is set to no WebRTC
 */
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { address, valueOf } from '../support/ahoy-core.ts';
import { startKamailio, type Kamailio } from '../support/kamailio.ts';
import { startLinphone } from '../support/linphone.ts';
import { signedIn } from './support/signed-in.ts';

let server: Kamailio;
beforeAll(async () => {
  server = await startKamailio();
});
afterAll(() => server.stop());

const IN_TIME = { timeout: 10_000 };

it.each(['udp', 'tcp'] as const)(
  'over %s texts and presence go both ways, and calls are rung, cancelled and refused',
  async (transport) => {
    const alice = await signedIn(server, `alice-${transport}`, transport);
    const user = `linphone-${transport}`;
    const uri = address(`${user}@${server.domain}`);
    const phone = await startLinphone({
      user,
      domain: server.domain,
      password: server.password,
      port: server.ports[transport],
      transport,
      friend: alice.uri,
    });
    onTestFinished(() => phone.stop());
    await expect.poll(() => server.bindings(user), IN_TIME).toBe(1);

    const toPhone = await alice.conversationWith(alice.accountId, uri);
    valueOf(await alice.client.ask.messaging.send({ conversationId: toPhone, text: 'Größe €😀 <&>' }));
    await expect.poll(() => phone.printed(), IN_TIME).toContain('Content: "Größe €😀 <&>"');
    phone.say(`message ${alice.uri} zurück €😀 <&>`);
    await expect.poll(() => phone.printed(), IN_TIME).toContain('LinphoneChatMessageStateDelivered');
    expect((await alice.messagesOf(toPhone)).map(({ text, state }) => `${text}: ${state}`)).toEqual([
      'Größe €😀 <&>: sent',
      'zurück €😀 <&>: received',
    ]);

    const shown = (): string | undefined => [...phone.log().matchAll(/We are notified that \[.*?\] has presence \[(\w+)\]/g)].at(-1)?.[1];
    await expect.poll(shown, IN_TIME).toBe('open');
    valueOf(await alice.client.ask.presence.publish({ status: 'appear-offline', note: '' }));
    await expect.poll(shown, IN_TIME).toBe('closed');
    await expect.poll(() => alice.told.presentities.filter((each) => each.address === uri).at(-1)?.status, IN_TIME).toBe('available');

    const call = () => alice.told.calls.at(-1);
    const ended = (): number => [...phone.printed().matchAll(/Event: LinphoneCall(?:End|Error)/g)].length;
    phone.say(`call ${alice.uri}`);
    await expect.poll(() => call()?.state, IN_TIME).toBe('ringing');
    await expect.poll(() => phone.printed(), IN_TIME).toContain('LinphoneCallOutgoingRinging');
    phone.say('terminate');
    await expect.poll(() => call(), IN_TIME).toMatchObject({ state: 'ended', failure: { code: 'cancelled' } });
    await expect.poll(ended, IN_TIME).toBe(1);

    phone.say(`call ${alice.uri}`);
    await expect.poll(() => call()?.state, IN_TIME).toBe('ringing');
    valueOf(await alice.client.ask.calls.reject({ callId: call()!.id }));
    await expect.poll(ended, IN_TIME).toBe(2);

    valueOf(await alice.client.ask.calls.place({ accountId: alice.accountId, to: uri, video: false }));
    await expect
      .poll(() => call(), IN_TIME)
      .toMatchObject({ direction: 'outgoing', state: 'ended', failure: { code: 'not-acceptable', status: 488 } });
  },
);
