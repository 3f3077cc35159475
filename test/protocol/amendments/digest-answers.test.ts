/**
 * Challenges, and what answers them (RFC 7616, RFC 8760, RFC 3261 §22.3).
 *
 *   Alice                     Registrar
 *     |--- REGISTER ------------->|
 *     |<-- 401, 407 challenges ---|
 *     |--- REGISTER, credentials->|
 *     |<-- 200 -------------------|
 */
import { expect, test } from 'vitest';
import type { AddressOfRecord } from '../../../common/model/address-of-record.ts';
import { headerOf, headersOf } from '../../../main/sip/wire/headers.ts';
import { challengeOnce, CHALLENGES, isRight } from '../../support/challenges.ts';
import { ScriptedServer } from '../../support/scripted-server.ts';
import { openSide, type SideOptions } from '../../support/sip-side.ts';

function setUp(options: SideOptions = {}) {
  const server = new ScriptedServer();
  return { server, alice: openSide({ openSocket: server.openSocket, ...options }) };
}

test.each([
  ['MD5', CHALLENGES.md5, 'MD5'],
  ['SHA-256', CHALLENGES.sha256, 'SHA-256'],
  [
    'the strongest of several headers, whatever their order',
    `${CHALLENGES.md5}\n${CHALLENGES.sha512}\n${CHALLENGES.sha256}`,
    'SHA-512-256',
  ],
  ['the one we know of two', `Digest realm="sip.test", nonce="x", algorithm=QUANTUM, qop="auth"\n${CHALLENGES.md5}`, 'MD5'],
])('a challenge is answered: %s', async (_, challenge, algorithm) => {
  const { server, alice } = setUp();
  challengeOnce(server, [[401, challenge]]);
  await alice.register();
  const { message } = await server.request('REGISTER', 2);
  const value = headerOf(message, 'authorization');
  expect(value).toContain(`algorithm=${algorithm}`);
  expect(isRight(value, 'REGISTER')).toBe(true);
});

test.each([
  ['401 then 407', [401, 407]],
  ['407 then 401', [407, 401]],
] as const)('a registrar and a proxy may both ask: %s', async (_, [first, second]) => {
  const { server, alice } = setUp();
  challengeOnce(server, [
    [first, CHALLENGES.md5],
    [second, 'Digest realm="proxy", nonce="p1", qop="auth", algorithm=MD5'],
  ]);
  await alice.register();
  const { message } = await server.request('REGISTER', 3);
  expect(isRight(headerOf(message, 'authorization'), 'REGISTER')).toBe(true);
  expect(isRight(headerOf(message, 'proxy-authorization'), 'REGISTER')).toBe(true);
  expect(headersOf(message, 'cseq')).toEqual(['3 REGISTER']);
});

test('a stale nonce is worth another try, the same challenge again is not', async () => {
  const { server, alice } = setUp();
  challengeOnce(server, [
    [401, CHALLENGES.md5],
    [401, 'Digest realm="sip.test", nonce="n9", qop="auth", algorithm=MD5, stale=TRUE'],
  ]);
  await alice.register();
  expect(server.count('REGISTER')).toBe(3);

  const { server: strict, alice: wrong } = setUp();
  strict.script = (received) => {
    strict.reply(received, 401, { 'WWW-Authenticate': CHALLENGES.md5 });
    return true;
  };
  wrong.userAgent.attempt();
  expect((await wrong.until('registration-failed')).failure).toMatchObject({ code: 'credentials-refused', status: 401 });
  expect(strict.count('REGISTER')).toBe(2);
});

test('a realm that offered SHA-256 gets no MD5 answer later, though it calls the nonce stale', async () => {
  const { server, alice } = setUp();
  challengeOnce(server, [
    [401, CHALLENGES.sha256],
    [401, 'Digest realm="sip.test", nonce="weak", qop="auth", algorithm=MD5, stale=TRUE'],
  ]);
  alice.userAgent.attempt();
  expect((await alice.until('registration-failed')).failure.status).toBe(401);
  const answers = server.received.all.map(({ message }) => headerOf(message, 'authorization') ?? '');
  expect(answers.some((value) => value.includes('nonce="weak"'))).toBe(false);
});

test.each([
  ['of a far side', 401, 'WWW-Authenticate', 'elsewhere.example', false],
  ['of a proxy on the way', 407, 'Proxy-Authenticate', 'elsewhere.example', false],
  ['of the account’s domain', 407, 'Proxy-Authenticate', 'sip.test', true],
  ['of the realm that asked at REGISTER', 401, 'WWW-Authenticate', 'asterisk', true],
] as const)('a challenge %s (%i) is answered only where it is our server’s', async (_whose, status, header, realm, isAnswered) => {
  const { server, alice } = setUp();
  challengeOnce(server, [[401, 'Digest realm="asterisk", nonce="r1", qop="auth", algorithm=MD5']]);
  await alice.register();
  server.script = (received) => {
    if (received.method !== 'MESSAGE') return false;
    if (headersOf(received.message, 'authorization').length + headersOf(received.message, 'proxy-authorization').length > 0)
      server.reply(received, 200);
    else server.reply(received, status, { [header]: `Digest realm="${realm}", nonce="m1", qop="auth", algorithm=MD5` });
    return true;
  };
  const outcome = await alice.userAgent.sendMessage({
    to: 'sip:bob@elsewhere.example' as AddressOfRecord,
    contentType: 'text/plain',
    body: 'x',
    callId: 'm',
  });
  expect(outcome.kind).toBe(isAnswered ? 'sent' : 'refused');
  expect(server.count('MESSAGE')).toBe(isAnswered ? 2 : 1);
});
