/**
 * The practice exchange as a far side: registrar with digest, presence server, proxy, colleagues.
 *
 *   Ahoy                practice exchange
 *    │── REGISTER ──────────►│
 *    │◄─ 401 SHA-256, MD5 ───│
 *    │── REGISTER (digest) ─►│
 *    │◄─ 200 ────────────────│
 */
import { describe, expect, it, onTestFinished } from 'vitest';
import { PRACTICE_DOMAIN, startPracticeExchange, type RunningExchange } from '../../practice/exchange.ts';
import { address, startCore, valueOf } from '../support/ahoy-core.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testAccountSettings } from '../support/test-account.ts';

async function exchange(): Promise<RunningExchange> {
  const running = await startPracticeExchange((what) => {
    throw new Error(what);
  });
  onTestFinished(() => running.close());
  return running;
}

async function signIn(at: RunningExchange, user: string, password = at.password) {
  const core = await startCore(temporaryFolder());
  onTestFinished(() => core.close());
  const settings = testAccountSettings(`sip:${user}@${PRACTICE_DOMAIN}`, { transport: 'ws', server: '127.0.0.1', port: at.port });
  const accountId = await core.addAccount(settings, password);
  return { ...core, accountId };
}

const registered = (core: { told: { registrations: { state: string }[] } }) =>
  expect.poll(() => core.told.registrations.at(-1)?.state, { timeout: 5_000 }).toBe('registered');

describe('the practice exchange', () => {
  it('registers who knows the password and refuses who does not', async () => {
    const at = await exchange();
    await registered(await signIn(at, 'me'));
    const wrong = await signIn(at, 'other', 'wrong');
    await expect.poll(() => wrong.told.registrations.at(-1)).toMatchObject({ state: 'refused', failure: { code: 'credentials-refused' } });
  });

  it('has Echo, who repeats, and tells how its colleagues are', async () => {
    const me = await signIn(await exchange(), 'me');
    await registered(me);
    const conversationId = await me.conversationWith(me.accountId, `echo@${PRACTICE_DOMAIN}`);
    await me.conversationWith(me.accountId, `night-desk@${PRACTICE_DOMAIN}`);
    valueOf(await me.client.ask.messaging.send({ conversationId, text: 'Wer ruft? €😀' }));
    await expect
      .poll(async () => (await me.messagesOf(conversationId)).map(({ text, state }) => [text, state]))
      .toEqual([
        ['Wer ruft? €😀', 'sent'],
        ['Wer ruft? €😀', 'received'],
      ]);
    const statusOf = (user: string) =>
      me.told.presentities.filter((each) => each.address === `sip:${user}@${PRACTICE_DOMAIN}`).at(-1)?.status;
    await expect.poll(() => [statusOf('echo'), statusOf('night-desk')]).toEqual(['available', 'away']);
  });

  it('has Night Desk, who is busy for every call', async () => {
    const me = await signIn(await exchange(), 'me');
    await registered(me);
    valueOf(await me.client.ask.calls.place({ accountId: me.accountId, to: address(`night-desk@${PRACTICE_DOMAIN}`), video: false }));
    await expect.poll(() => me.told.calls.at(-1)).toMatchObject({ state: 'ended', failure: { code: 'busy', status: 486 } });
  });

  it('carries texts, presence and calls between two who are registered', async () => {
    const at = await exchange();
    const [alice, bob] = [await signIn(at, 'alice'), await signIn(at, 'bob')];
    await Promise.all([registered(alice), registered(bob)]);
    const conversationId = await alice.conversationWith(alice.accountId, `bob@${PRACTICE_DOMAIN}`);
    valueOf(await alice.client.ask.messaging.send({ conversationId, text: 'hello' }));
    await expect.poll(() => bob.told.messages.at(-1)?.text).toBe('hello');
    await expect.poll(() => alice.told.presentities.at(-1)?.status).toBe('available');
    valueOf(await bob.client.ask.presence.publish({ status: 'busy', note: 'In a talk' }));
    await expect.poll(() => alice.told.presentities.at(-1)).toMatchObject({ status: 'busy', note: 'In a talk' });

    const { callId } = valueOf(
      await alice.client.ask.calls.place({ accountId: alice.accountId, to: address(`bob@${PRACTICE_DOMAIN}`), video: false }),
    );
    await expect.poll(() => bob.told.calls.at(-1)?.state).toBe('ringing');
    valueOf(await bob.client.ask.calls.accept({ callId: bob.told.calls.at(-1)!.id, video: false }));
    await expect.poll(() => [alice.told.calls.at(-1)?.state, bob.told.calls.at(-1)?.state]).toEqual(['active', 'active']);
    valueOf(await alice.client.ask.calls.end({ callId }));
    await expect.poll(() => bob.told.calls.at(-1)?.state).toBe('ended');
  });

  it('answers 480 for somebody who is not there', async () => {
    const me = await signIn(await exchange(), 'me');
    await registered(me);
    const conversationId = await me.conversationWith(me.accountId, `nobody@${PRACTICE_DOMAIN}`);
    valueOf(await me.client.ask.messaging.send({ conversationId, text: 'hello' }));
    await expect
      .poll(async () => (await me.messagesOf(conversationId))[0])
      .toMatchObject({ state: 'failed', failure: { code: 'unavailable', status: 480 } });
  });
});
