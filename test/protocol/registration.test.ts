/**
 * Registration (RFC 3261 §10, §22).
 *
 *   Alice                     Registrar
 *     |--- REGISTER ------------->|
 *     |<-- 401 challenge ---------|
 *     |--- REGISTER, credentials->|
 *     |<-- 200 Contact;expires ---|
 */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { AddressOfRecord } from '../../common/model/address-of-record.ts';
import { headerOf, headersOf } from '../../main/sip/wire/headers.ts';
import { hurriedClock } from '../support/hurried-clock.ts';
import { systemClock } from '../../main/system/system-clock.ts';
import { replyTo, ScriptedServer, type Received } from '../support/scripted-server.ts';
import { openSide, type SideOptions } from '../support/sip-side.ts';

function setUp(options: SideOptions = {}) {
  const server = new ScriptedServer();
  return { server, alice: openSide({ openSocket: server.openSocket, ...options }) };
}

const CHALLENGES = {
  md5: 'Digest realm="sip.test", nonce="n1", qop="auth", algorithm=MD5',
  sha256: 'Digest realm="sip.test", nonce="n2", qop="auth", algorithm=SHA-256, opaque="o"',
  sha512: 'Digest realm="sip.test", nonce="n3", qop="auth", algorithm=SHA-512-256',
};

/** Whether the credentials are right, computed independently of the code under test. */
function isRight(value: string | null, method: string, password = 'secret'): boolean {
  const part = (name: string): string => new RegExp(`(?:^|[ ,])${name}="?([^",]*)"?`).exec(value ?? '')?.[1] ?? '';
  const name = { 'SHA-256': 'sha256', 'SHA-512-256': 'sha512-256' }[part('algorithm')] ?? 'md5';
  const hash = (text: string): string => createHash(name).update(text).digest('hex');
  const ha1 = hash(`${part('username')}:${part('realm')}:${password}`);
  const ha2 = hash(`${method}:${part('uri')}`);
  return part('response') === hash(`${ha1}:${part('nonce')}:${part('nc')}:${part('cnonce')}:${part('qop')}:${ha2}`);
}

function challengeOnce(server: ScriptedServer, challenges: readonly [number, string][]): void {
  let round = 0;
  server.script = (received) => {
    const next = challenges[round];
    if (received.method !== 'REGISTER' || !next) return false;
    round += 1;
    server.reply(received, next[0], { [next[0] === 401 ? 'WWW-Authenticate' : 'Proxy-Authenticate']: next[1] });
    return true;
  };
}

test('a binding is made with instance id, reg-id and the real address, and stands with what was granted', async () => {
  const { server, alice } = setUp();
  server.script = (received) => {
    if (received.method !== 'REGISTER') return false;
    server.reply(received, 200, {
      Contact: `<sip:other@127.0.0.1>;expires=10, ${headerOf(received.message, 'contact')?.replace(/expires=\d+/, 'expires=300')}`,
    });
    return true;
  };
  await alice.register();
  expect((await alice.until('registered')).seconds).toBe(300);
  const { message } = await server.request('REGISTER');
  expect(headerOf(message, 'contact')).toMatch(
    /^<sip:[0-9a-f]{16}@127\.0\.0\.1:4\d{4};transport=tcp>;\+sip\.instance="<urn:uuid:[0-9a-f-]{36}>";reg-id=1;expires=600$/,
  );
  expect(headerOf(message, 'via')).toMatch(/^SIP\/2\.0\/TCP 127\.0\.0\.1:4\d{4};branch=z9hG4bK[0-9a-f]{32}$/);
});

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

test.each([
  [403, {}, 'credentials-refused'],
  [404, {}, 'unknown-address'],
  [503, {}, 'server-error'],
  [401, { 'WWW-Authenticate': 'Digest realm="x", nonce="y", algorithm=QUANTUM' }, 'authentication-unsupported'],
] as const)('a registrar that says %i means %o: %s', async (status, headers, code) => {
  const { server, alice } = setUp();
  server.script = (received) => {
    server.reply(received, status, headers);
    return true;
  };
  alice.userAgent.attempt();
  expect((await alice.until('registration-failed')).failure).toMatchObject({ code, status });
});

test('423 is followed with the time the registrar wants', async () => {
  const { server, alice } = setUp({ settings: { expiresSeconds: 60 } });
  server.script = (received) => {
    if (headerOf(received.message, 'expires') !== '60') return false;
    server.reply(received, 423, { 'Min-Expires': '1800' });
    return true;
  };
  await alice.register();
  expect((await alice.until('registered')).seconds).toBe(1800);
});

test('the binding is refreshed before it ends, and each refresh is told', async () => {
  const { server, alice } = setUp({ clock: hurriedClock(500), settings: { expiresSeconds: 30 } });
  await alice.register();
  await alice.until('refreshing');
  await alice.until('registered', 2);
  const [first, second] = server.received.all.filter(({ method }) => method === 'REGISTER');
  expect(headerOf(second!.message, 'call-id')).toBe(headerOf(first!.message, 'call-id'));
  expect(headerOf(second!.message, 'cseq')).toBe('2 REGISTER');
});

test('unregistering removes our binding alone, is bounded, and leaves no connection', async () => {
  const { server, alice } = setUp();
  await alice.register();
  await alice.userAgent.unregister();
  const { message } = await server.request('REGISTER', 2);
  expect(headerOf(message, 'contact')).toMatch(/;expires=0$/);

  const { server: silent, alice: other } = setUp();
  await other.register();
  silent.script = () => true;
  const startedAtMs = Date.now();
  await other.userAgent.close();
  expect(Date.now() - startedAtMs).toBeLessThan(2_000);
});

test('a refused connection ends the attempt with one event, and JsSIP does not try again by itself', async () => {
  const { server, alice } = setUp();
  server.refuses = { code: 'connection-refused' };
  alice.userAgent.attempt();
  expect((await alice.until('registration-failed')).failure.code).toBe('connection-refused');
  server.refuses = null;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(server.connections).toHaveLength(0);
  expect(alice.facts.all).toHaveLength(1);
  alice.userAgent.attempt();
  await alice.until('registered');
});

test('a lost connection is told once; the next attempt makes a new one', async () => {
  const { server, alice } = setUp();
  await alice.register();
  server.connection.drop({ code: 'connection-lost', detail: 'pulled' });
  expect((await alice.until('transport-lost')).failure.detail).toBe('pulled');
  alice.userAgent.attempt();
  await alice.until('registered', 2);
  expect(alice.facts.all.map(({ kind }) => kind)).toEqual(['registered', 'transport-lost', 'registered']);
  const contacts = server.received.all.map(({ message }: Received) => headerOf(message, 'contact'));
  expect(contacts[0]).not.toBe(contacts[1]);
});

test('reconnecting replaces the connection without calling it lost', async () => {
  const { server, alice } = setUp();
  await alice.register();
  alice.userAgent.reconnect();
  await alice.until('registered', 2);
  expect(server.connections).toHaveLength(2);
  expect(alice.facts.all.map(({ kind }) => kind)).toEqual(['registered', 'registered']);
});

test('an outbound proxy is the route of every request outside a dialog', async () => {
  const { server, alice } = setUp({ settings: { outboundProxy: 'sip:proxy.sip.test:5070;transport=tcp;lr' } });
  await alice.register();
  expect(headerOf((await server.request('REGISTER')).message, 'route')).toBe('<sip:proxy.sip.test:5070;transport=tcp;lr>');
});

test('an authentication name stands in for the user in the credentials', async () => {
  const { server, alice } = setUp({ settings: { authenticationName: 'alice-auth' } });
  challengeOnce(server, [[401, CHALLENGES.md5]]);
  await alice.register();
  expect(headerOf((await server.request('REGISTER', 2)).message, 'authorization')).toContain('username="alice-auth"');
});

test('a 200 that lists other bindings and not ours, or nothing at all, is no registration', async () => {
  for (const extra of [{ Contact: '<sip:somebody@192.0.2.1>;expires=600' }, {}]) {
    const { server, alice } = setUp();
    server.script = (received) => {
      server.reply(received, 200, extra);
      return true;
    };
    alice.userAgent.attempt();
    expect((await alice.until('registration-failed')).failure).toMatchObject({
      code: 'refused',
      detail: 'the registrar does not list our binding',
    });
  }
  const { server, alice } = setUp();
  server.script = (received) => {
    server.reply(received, 200, { Expires: '120' });
    return true;
  };
  alice.userAgent.attempt();
  expect((await alice.until('registered')).seconds).toBe(120);
});

test('the time a registrar sends us away for comes with its refusal', async () => {
  const { server, alice } = setUp();
  server.script = (received) => {
    server.reply(received, 503, { 'Retry-After': '120 (upgrading);duration=60' });
    return true;
  };
  alice.userAgent.attempt();
  expect(await alice.until('registration-failed')).toMatchObject({ failure: { code: 'server-error' }, retryAfterSeconds: 120 });
});

test.each([
  ['a CSeq that is no number', (text: string) => text.replace(/^CSeq: .*$/m, 'CSeq: x')],
  ['no From', (text: string) => text.replace(/^From: .*\r\n/m, '')],
  ['a header without a name', (text: string) => text.replace('\r\n\r\n', '\r\n???\r\n\r\n')],
  ['no Via', (text: string) => text.replace(/^Via: .*\r\n/m, '')],
])('an answer that cannot be read (%s) ends the attempt at once, and the next one is made', async (_what, spoil) => {
  const { server, alice } = setUp({ clock: systemClock });
  let spoils = true;
  server.script = (received) => {
    if (!spoils) return false;
    received.connection.send(spoil(replyTo(received.message, 200, { Contact: headerOf(received.message, 'contact') ?? '' })));
    return true;
  };
  alice.userAgent.attempt();
  expect((await alice.until('registration-failed')).failure.code).toBe('protocol-error');
  spoils = false;
  alice.userAgent.attempt();
  await alice.until('registered');
});

test('an attempt that nobody answers is not waited out when the user asks again', async () => {
  const { server, alice } = setUp({ clock: systemClock });
  server.script = ({ method }) => method === 'REGISTER' && server.count('REGISTER') === 1;
  alice.userAgent.attempt();
  await server.request('REGISTER');
  // A double press is one attempt.
  alice.userAgent.attempt();
  expect(server.count('REGISTER')).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 1_050));
  alice.userAgent.attempt();
  await alice.until('registered');
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
