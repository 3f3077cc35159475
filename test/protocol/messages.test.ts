/**
 * MESSAGE (RFC 3428).
 *
 *   Alice          Server            Bob
 *     |-- MESSAGE -->|-- MESSAGE ---->|
 *     |              |                | stored, then:
 *     |<--- 200 -----|<---- 200 ------|
 */
import { expect, test } from 'vitest';
import type { AccountSettings, TransportKind } from '../../common/model/account.ts';
import type { AddressOfRecord } from '../../common/model/address-of-record.ts';
import type { MessageVerdict } from '../../main/ports/sip-stack.ts';
import { headerOf } from '../../main/sip/wire/headers.ts';
import { requestText, ScriptedServer } from '../support/scripted-server.ts';
import { describe as sdpOf } from '../support/fake-media-peer.ts';
import { openSide } from '../support/sip-side.ts';

const BOB = 'sip:bob@sip.test' as AddressOfRecord;

async function setUp() {
  const server = new ScriptedServer();
  const alice = openSide({ user: 'alice', openSocket: server.openSocket, settings: { displayName: 'Alice "Ä" <x>' } });
  const bob = openSide({ user: 'bob', openSocket: server.openSocket });
  await Promise.all([alice.register(), bob.register()]);
  const send = (body = 'hello', callId = 'ahoy-message-1') =>
    alice.userAgent.sendMessage({ to: BOB, contentType: 'text/plain', body, callId });
  return { server, alice, bob, send };
}

test('text of any script arrives as it was written, under the Call-ID given', async () => {
  const { server, bob, send } = await setUp();
  const body = 'Grüße 👋🏽 \u{1F469}\u200D\u{1F4BB} 中文 \r\n\r\n second "line"';
  expect(await send(body)).toEqual({ kind: 'sent' });
  expect((await bob.until('message')).message).toEqual({
    from: 'sip:alice@sip.test',
    displayName: 'Alice "Ä" <x>',
    asserted: null,
    callId: 'ahoy-message-1',
    cseq: 1,
    contentType: 'text/plain',
    body,
  });
  expect(headerOf((await server.request('MESSAGE')).message, 'content-type')).toBe('text/plain;charset=utf-8');
});

test.each<[MessageVerdict, number]>([
  ['stored', 200],
  ['duplicate', 200],
  ['unsupported', 415],
  ['storage-failed', 500],
  ['too-many', 480],
  ['empty', 200],
])('the verdict %s is answered %i', async (verdict, status) => {
  const { server, bob, send } = await setUp();
  bob.messageVerdict = verdict;
  const outcome = await send();
  const { message } = await server.response('MESSAGE');
  expect(message.startLine).toContain(` ${status} `);
  if (status === 200) expect(outcome).toEqual({ kind: 'sent' });
  else expect(outcome).toMatchObject({ kind: 'refused', failure: { status } });
  if (status === 415) expect(headerOf(message, 'accept')).toContain('text/plain');
});

test('202 is a store, a final refusal is final', async () => {
  const { server, send } = await setUp();
  let status = 202;
  server.script = (received) => {
    if (received.method !== 'MESSAGE') return false;
    server.reply(received, status);
    return true;
  };
  expect(await send()).toEqual({ kind: 'stored' });
  status = 404;
  expect(await send()).toMatchObject({ kind: 'refused', failure: { code: 'unknown-address', status: 404 } });
});

test('a connection lost in the middle interrupts at once, and so does having none', async () => {
  const { server, alice, send } = await setUp();
  server.script = (received) => received.method === 'MESSAGE';
  const outcome = send();
  await server.request('MESSAGE');
  server.connections[0]!.drop();
  expect(await outcome).toMatchObject({ kind: 'interrupted', failure: { code: 'connection-lost' } });
  await alice.until('transport-lost');
  expect(await send()).toMatchObject({ kind: 'interrupted', failure: { code: 'offline' } });
});

test('each try of a message has the same Call-ID and CSeq', async () => {
  const { server, bob, send } = await setUp();
  await send();
  await send();
  const [first, second] = [await bob.until('message', 1), await bob.until('message', 2)];
  expect([first.message.callId, first.message.cseq]).toEqual([second.message.callId, second.message.cseq]);
  expect(server.count('MESSAGE')).toBe(2);
});

async function receiving(settings: Partial<AccountSettings>, transport: TransportKind = 'tls') {
  const server = new ScriptedServer();
  const bob = openSide({ openSocket: server.openSocket, user: 'bob', transport, settings });
  await bob.register();
  const toBob = (headers: Record<string, string>, from?: string): void => {
    server.connection.send(
      requestText({
        method: 'MESSAGE',
        uri: 'sip:bob@sip.test',
        to: '<sip:bob@sip.test>',
        headers: { 'Content-Type': 'text/plain', ...headers },
        body: 'x',
        ...(from ? { from } : {}),
      }),
    );
  };
  return { server, bob, toBob };
}

const ASSERTED = { 'P-Asserted-Identity': '"Carol C" <sip:carol.c@sip.test>, <tel:+1234>' };
const MALLORY = '"mallory" <sip:mallory@elsewhere.example>;tag=a';
const ANONYMOUS = '"anonymous" <sip:anonymous@anonymous.invalid>;tag=a';

test.each([
  ['over TLS, of its own domain: it is believed', {}, 'tls', ASSERTED, ANONYMOUS, 'sip:carol.c@sip.test'],
  ['over TLS, of a number', {}, 'wss', { 'P-Asserted-Identity': '<tel:+1234>' }, ANONYMOUS, 'tel:+1234'],
  [
    'over TLS, of the sender’s own domain',
    {},
    'tls',
    { 'P-Asserted-Identity': '<sip:m@elsewhere.example>' },
    MALLORY,
    'sip:m@elsewhere.example',
  ],
  [
    'over TLS, of a third domain: From counts',
    {},
    'tls',
    { 'P-Asserted-Identity': '<sip:boss@third.example>' },
    MALLORY,
    'sip:mallory@elsewhere.example',
  ],
  ['where anybody can write it: From counts', {}, 'udp', ASSERTED, MALLORY, 'sip:mallory@elsewhere.example'],
  ['over a plain WebSocket', {}, 'ws', ASSERTED, MALLORY, 'sip:mallory@elsewhere.example'],
  ['where the user believes it always', { assertedIdentity: 'always' }, 'tcp', ASSERTED, MALLORY, 'sip:carol.c@sip.test'],
  ['where the user never does', { assertedIdentity: 'never' }, 'tls', ASSERTED, MALLORY, 'sip:mallory@elsewhere.example'],
] as const)('what the server asserts %s', async (_when, settings, transport, headers, from, expected) => {
  const { bob, toBob } = await receiving(settings, transport);
  toBob(headers, from);
  expect((await bob.until('message')).message.from).toBe(expected);
});

test('a message says whom the server asserts beside who writes, where that is not believed', async () => {
  const { bob, toBob } = await receiving({}, 'tcp');
  toBob(ASSERTED, MALLORY);
  expect((await bob.until('message')).message).toMatchObject({
    from: 'sip:mallory@elsewhere.example',
    asserted: 'sip:carol.c@sip.test',
  });
});

test('a call says whom the server asserts beside who calls, where that is not believed', async () => {
  const { server, bob } = await receiving({}, 'tcp');
  server.connection.send(
    requestText({
      method: 'INVITE',
      uri: 'sip:bob@sip.test',
      from: MALLORY,
      to: '<sip:bob@sip.test>',
      headers: { ...ASSERTED, Contact: '<sip:x@127.0.0.1>', 'Content-Type': 'application/sdp' },
      body: sdpOf(1, ['sendrecv']),
    }),
  );
  expect((await bob.until('session')).session).toMatchObject({ from: 'sip:mallory@elsewhere.example', asserted: 'sip:carol.c@sip.test' });
});

test('names and numbers are read as others write them', async () => {
  const { server, bob, toBob } = await receiving({});
  toBob(ASSERTED, ANONYMOUS);
  toBob({}, '<tel:+44-20-1234>;tag=b');
  toBob({}, 'Jürgen (Büro), [x] <sip:j%C3%BC@sip.test>;tag=c');
  toBob({}, '"\u202Emoc.knab\u202C the bell" <sip:x@sip.test>;tag=d');
  expect((await bob.until('message', 1)).message).toMatchObject({ from: 'sip:carol.c@sip.test', displayName: 'Carol C' });
  expect((await bob.until('message', 2)).message.from).toBe('tel:+44201234');
  expect((await bob.until('message', 3)).message.displayName).toBe('Jürgen (Büro), [x]');
  expect((await bob.until('message', 4)).message.displayName).toBe('moc.knab the bell');
  const echoed = await server.received.until(({ text }) => text.includes('tel:+44-20-1234'), 'the tel: as it came');
  expect(headerOf(echoed.message, 'from')).toBe('<tel:+44-20-1234>;tag=b');
});

test('a message to ourselves arrives', async () => {
  const { alice } = await setUp();
  const outcome = await alice.userAgent.sendMessage({ to: alice.address, contentType: 'text/plain', body: 'note', callId: 'self-1' });
  expect(outcome).toEqual({ kind: 'sent' });
  expect((await alice.until('message')).message.body).toBe('note');
});

test('a burst of a thousand is taken and answered one by one', async () => {
  const { server, bob } = await setUp();
  server.script = () => true;
  const before = server.received.all.length;
  for (let index = 0; index < 1_000; index += 1) {
    server.connections[1]!.send(
      requestText({ method: 'MESSAGE', uri: 'sip:bob@sip.test', headers: { 'Content-Type': 'text/plain' }, body: `m${index}` }),
    );
  }
  await server.received.until(() => server.received.all.length === before + 1_000, 'a thousand answers');
  expect(server.received.all.slice(before).every(({ status }) => status === 200)).toBe(true);
  expect(bob.facts.all.filter(({ kind }) => kind === 'message')).toHaveLength(1_000);
});
