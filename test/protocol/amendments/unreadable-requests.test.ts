/**
 * A request that passes the gate and that JsSIP's grammar cannot read is answered all the same (RFC 3261 §8.2), and the
 * connection goes on serving.
 *
 *   Carol                           Alice
 *     |-- MESSAGE, Contact: <<< ----->|
 *     |<-- 400 -----------------------|
 *     |-- MESSAGE ------------------->|
 *     |<-- 200 -----------------------|
 */
import { expect, test } from 'vitest';
import { requestText, ScriptedServer } from '../../support/scripted-server.ts';
import { openSide } from '../../support/sip-side.ts';

const MESSAGE = { method: 'MESSAGE', uri: 'sip:alice@sip.test', body: 'x' };

test.each([
  ['a header of its grammar', requestText({ ...MESSAGE, headers: { Contact: '<<<', 'Content-Type': 'text/plain' } })],
  ['a sender', requestText({ ...MESSAGE, from: '<sip:>;tag=nobody' })],
])('a request with %s that cannot be read is answered 400', async (_what, text) => {
  const server = new ScriptedServer();
  const alice = openSide({ openSocket: server.openSocket });
  await alice.register();
  server.connection.send(text);
  expect((await server.response('MESSAGE')).status).toBe(400);
  server.connection.send(requestText({ ...MESSAGE, headers: { 'Content-Type': 'text/plain' } }));
  await alice.until('message');
  expect(alice.warnings).toEqual([]);
});
