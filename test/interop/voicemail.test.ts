/**
 * Voicemail by Kamailio's presence server (RFC 3842): a voicemail system publishes a summary, Ahoy is notified.
 *
 *   voicemail          Kamailio            Alice
 *     │                   │◄── SUBSCRIBE ───│   Event: message-summary
 *     │── PUBLISH ───────►│── NOTIFY ──────►│   Voice-Message: 2/1
 *     │── PUBLISH ───────►│── NOTIFY ──────►│   Voice-Message: 0/3
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { VoicemailBox } from '../../common/model/voicemail.ts';
import { valueOf } from '../support/ahoy-core.ts';
import { startKamailio, type Kamailio } from '../support/kamailio.ts';
import { signedIn } from './support/signed-in.ts';

let server: Kamailio;
beforeAll(async () => {
  server = await startKamailio();
});
afterAll(() => server.stop());

it('new messages are told when they come and when they were heard, and a new connection brings them again', async () => {
  const alice = await signedIn(server, 'voicemail-user', 'tcp');
  const told: VoicemailBox[] = [];
  alice.client.listen('voicemail.changed', ({ box }) => told.push(box));
  const userAgent = alice.app.accounts.userAgent(alice.accountId)!;
  const publish = async (summary: string, entityTag: string | null) => {
    const outcome = await userAgent.publish({
      event: 'message-summary',
      expiresSeconds: 600,
      entityTag,
      contentType: 'application/simple-message-summary',
      body: `Messages-Waiting: ${summary.startsWith('0') ? 'no' : 'yes'}\r\nMessage-Account: sip:mail@${server.domain}\r\nVoice-Message: ${summary}\r\n`,
    });
    if (outcome.kind !== 'published') throw new Error(outcome.kind);
    return outcome.entityTag;
  };
  const tag = await publish('2/1 (0/0)', null);
  await expect
    .poll(() => told.at(-1), { timeout: 10_000 })
    .toMatchObject({ newCount: 2, oldCount: 1, address: `sip:mail@${server.domain}` });
  await publish('0/3 (0/0)', tag);
  await expect.poll(() => told.at(-1)).toMatchObject({ newCount: 0, oldCount: 3 });

  alice.app.networkChanged();
  await expect
    .poll(async () => valueOf(await alice.client.snapshot('voicemail')).state.boxes, { timeout: 10_000 })
    .toMatchObject([{ newCount: 0, oldCount: 3 }]);
});
