/**
 * Strangers, each with another address, against the whole core: what they leave is bounded, and the user's own work
 * goes on.
 *
 *   strangers ── 1,000 INVITE, 1,000 MESSAGE ──► Ahoy ── one call of its own ──► Bob
 */
import { expect, it } from 'vitest';
import { address, startCore, valueOf } from '../support/ahoy-core.ts';
import { describe as sdpOf } from '../support/fake-media-peer.ts';
import { requestText, ScriptedServer } from '../support/scripted-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testAccountSettings } from '../support/test-account.ts';

const FLOOD = 1_000;

it('A flood of calls and texts of strangers leaves a few rows, asks nobody for presence, and blocks nothing', async () => {
  const server = new ScriptedServer();
  const core = await startCore(temporaryFolder(), { openSocket: server.openSocket });
  const accountId = await core.addAccount(testAccountSettings('sip:me@sip.test', { transport: 'tcp', server: '127.0.0.1' }), 'secret');
  await expect.poll(() => core.told.registrations.at(-1)?.state).toBe('registered');
  valueOf(await core.client.ask.people.add({ details: { name: 'Bob', addresses: [{ address: address('bob@sip.test'), label: '' }] } }));
  const sdp = sdpOf(1, ['sendrecv']);
  for (let count = 0; count < FLOOD; count += 1) {
    const from = `<sip:s${count}@evil.example>;tag=t${count}`;
    const to = '<sip:me@sip.test>';
    server.connection.send(
      requestText({
        method: 'INVITE',
        uri: 'sip:me@sip.test',
        from,
        to,
        headers: { Contact: '<sip:x@127.0.0.1>', 'Content-Type': 'application/sdp' },
        body: sdp,
      }),
    );
    server.connection.send(
      requestText({ method: 'MESSAGE', uri: 'sip:me@sip.test', from, to, headers: { 'Content-Type': 'text/plain' }, body: 'buy' }),
    );
  }
  const answered = (method: string): number =>
    server.received.all.filter(
      ({ status, message }) => (status ?? 0) >= 200 && message.headers.some(({ name, value }) => name === 'CSeq' && value.endsWith(method)),
    ).length;
  await expect.poll(() => answered('MESSAGE'), { timeout: 30_000 }).toBe(FLOOD);
  await expect.poll(() => answered('INVITE'), { timeout: 30_000 }).toBe(FLOOD - 3);

  const { conversations } = valueOf(await core.client.snapshot('messaging')).state;
  expect(conversations.length).toBeLessThanOrEqual(62);
  const { records } = valueOf(await core.client.ask.history.page({ before: null, limit: 200 }));
  expect(records.length).toBeLessThanOrEqual(5);
  expect(records.reduce((sum, { count }) => sum + count, 0)).toBe(FLOOD - 3);
  // Of the person the user kept, and of the voicemail box; of no stranger.
  expect(server.received.all.filter(({ method, text }) => method === 'SUBSCRIBE' && text.includes('evil.example'))).toEqual([]);

  valueOf(await core.client.ask.calls.place({ accountId, to: address('bob@sip.test'), video: false }));
  await server.received.until(({ method, text }) => method === 'INVITE' && text.includes('sip:bob@sip.test'), 'our own call');
  await core.close();
});
