/**
 * A request that reaches us by two ways (RFC 3261 §8.2.2.2) is merged while the first is being answered. Here the first
 * is answered within the same read, so its transaction is over, and the core judges the second: by Call-ID and CSeq it
 * knows a message again, and by nothing else it could tell a retry from a fork.
 *
 *   Carol                     Alice
 *     |-- MESSAGE (branch 1) --->|
 *     |-- MESSAGE (branch 2) --->|
 *     |<-- 200 ------------------|
 *     |<-- 200 ------------------|
 */
import { expect, test } from 'vitest';
import { headerOf } from '../../../main/sip/wire/headers.ts';
import { requestText, ScriptedServer } from '../../support/scripted-server.ts';
import { openSide } from '../../support/sip-side.ts';

test('the second way of an answered request is judged by the core, not refused as a loop', async () => {
  const server = new ScriptedServer();
  const alice = openSide({ openSocket: server.openSocket });
  await alice.register();
  const message = { method: 'MESSAGE', uri: 'sip:alice@sip.test', callId: 'same', headers: { 'Content-Type': 'text/plain' }, body: 'x' };
  server.connection.send(requestText(message));
  server.connection.send(requestText(message));
  await alice.until('message', 2);
  await server.received.until(
    () => server.received.all.filter(({ method, message }) => method === null && headerOf(message, 'call-id') === 'same').length === 2,
    'both answers',
  );
  expect(server.received.all.flatMap(({ status }) => status ?? [])).toEqual([200, 200]);
});
