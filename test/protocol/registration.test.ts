/**
 * Registration (RFC 3261 §10, §22).
 *
 *   Alice                     Registrar
 *     |--- REGISTER ------------->|
 *     |<-- 401 challenge ---------|
 *     |--- REGISTER, credentials->|
 *     |<-- 200 Contact;expires ---|
 */
import { expect, test } from 'vitest';
import { headerOf } from '../../main/sip/wire/headers.ts';
import { challengeOnce, CHALLENGES } from '../support/challenges.ts';
import { hurriedClock } from '../support/hurried-clock.ts';
import { systemClock } from '../../main/system/system-clock.ts';
import { replyTo, ScriptedServer, type Received } from '../support/scripted-server.ts';
import { openSide, type SideOptions } from '../support/sip-side.ts';

function setUp(options: SideOptions = {}) {
  const server = new ScriptedServer();
  return { server, alice: openSide({ openSocket: server.openSocket, ...options }) };
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
