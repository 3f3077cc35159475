/**
 * What no SIP element should send, and some do. The process stays up, what can be answered is answered
 * (RFC 3261 §8.2, §21.4), and the connection goes on serving.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { headerOf } from '../../main/sip/wire/headers.ts';
import { describe as sdpOf } from '../support/fake-media-peer.ts';
import { requestText, ScriptedServer, type RequestParts } from '../support/scripted-server.ts';
import { openSide } from '../support/sip-side.ts';

async function setUp() {
  const server = new ScriptedServer();
  const alice = openSide({ openSocket: server.openSocket });
  await alice.register();
  /** Sends the text and waits until a probe behind it was answered: whatever it caused has happened. */
  let probes = 0;
  const after = async (text: string): Promise<string[]> => {
    const from = server.received.all.length;
    server.connection.send(text);
    const callId = `probe-${(probes += 1)}`;
    server.connection.send(requestText({ method: 'OPTIONS', uri: 'sip:alice@sip.test', callId }));
    await server.received.until(({ message }) => headerOf(message, 'call-id') === callId, 'the probe');
    return server.received.all
      .slice(from)
      .filter(({ message }) => headerOf(message, 'call-id') !== callId)
      .map(({ message }) => message.startLine.replace(/^SIP\/2\.0 (\d+).*/, '$1'));
  };
  return { server, alice, after };
}

const MESSAGE: RequestParts = { method: 'MESSAGE', uri: 'sip:alice@sip.test', headers: { 'Content-Type': 'text/plain' }, body: 'x' };

test.each<[string, string, string[]]>([
  ['a method nobody knows', requestText({ ...MESSAGE, method: 'FOO' }), ['501']],
  ['PUBLISH to a user agent', requestText({ ...MESSAGE, method: 'PUBLISH' }), ['405']],
  [
    'SUBSCRIBE to a user agent',
    requestText({ ...MESSAGE, method: 'SUBSCRIBE', headers: { Event: 'presence', Contact: '<sip:x@y>' } }),
    ['405'],
  ],
  ['REFER outside a dialog', requestText({ ...MESSAGE, method: 'REFER' }), ['405']],
  ['MESSAGE to another user', requestText({ ...MESSAGE, uri: 'sip:zed@sip.test' }), ['404']],
  ['BYE without a dialog', requestText({ ...MESSAGE, method: 'BYE', to: '<sip:alice@sip.test>;tag=x' }), ['481']],
  ['a Request-URI of another scheme', requestText({ ...MESSAGE, uri: 'mailto:alice@sip.test' }), ['416']],
  ['another version', requestText(MESSAGE).replace(' SIP/2.0\r\n', ' SIP/3.0\r\n'), ['505']],
  [
    'an unsupported extension',
    requestText({ ...MESSAGE, method: 'INVITE', headers: { Require: '100rel, foo', Contact: '<sip:x@y>' } }),
    ['420'],
  ],
  ['no Contact in INVITE', requestText({ ...MESSAGE, method: 'INVITE' }), ['400']],
  ['no To', requestText(MESSAGE).replace(/^To: .*\r\n/m, ''), ['400']],
  ['no tag in From', requestText({ ...MESSAGE, from: '<sip:carol@sip.test>' }), ['400']],
  ['a CSeq of another method', requestText(MESSAGE).replace(/^CSeq: .*$/m, 'CSeq: 1 INVITE'), ['400']],
  ['a CSeq that is no number', requestText(MESSAGE).replace(/^CSeq: .*$/m, 'CSeq: x MESSAGE'), ['400']],
  ['a body shorter than it says', requestText(MESSAGE).replace(/^Content-Length: .*$/m, 'Content-Length: 99'), ['400']],
  ['a Contact out of this world', requestText({ ...MESSAGE, headers: { Contact: '<<<', 'Content-Type': 'text/plain' } }), ['400']],
  ['no Via', requestText(MESSAGE).replace(/^Via: .*\r\n/m, ''), []],
  ['a header without a name', requestText(MESSAGE).replace('Max-Forwards: 70', '???'), ['400']],
  [
    'a response nobody waits for',
    'SIP/2.0 200 OK\r\nVia: SIP/2.0/TCP h;branch=z9hG4bKx\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:a@b>;tag=2\r\nCall-ID: c\r\nCSeq: 1 INVITE\r\n\r\n',
    [],
  ],
  [
    'a response with a bad CSeq',
    'SIP/2.0 200 OK\r\nVia: SIP/2.0/TCP h;branch=z9hG4bKx\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:a@b>;tag=2\r\nCall-ID: c\r\nCSeq: INVITE\r\n\r\n',
    [],
  ],
  ['HTTP', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n', []],
  ['a stray ACK', requestText({ ...MESSAGE, method: 'ACK', to: '<sip:alice@sip.test>;tag=no' }), []],
  ['a length below nothing (RFC 4475 ncl)', requestText(MESSAGE).replace(/^Content-Length: .*$/m, 'Content-Length: -999'), ['400']],
  ['two lengths (RFC 4475 mcl01)', requestText(MESSAGE).replace(/^(Content-Length): .*$/m, '$1: 1\r\n$1: 5'), ['400']],
  [
    'two of what there is one of (RFC 4475 multi01)',
    requestText(MESSAGE).replace(/^CSeq: .*$/m, 'CSeq: 5 MESSAGE\r\nCSeq: 59 MESSAGE'),
    ['400'],
  ],
  ['a name without an end in To (RFC 4475 quotbal)', requestText({ ...MESSAGE, to: '"Mr. A <sip:alice@sip.test>' }), ['400']],
  ['spaces in the Request-URI (RFC 4475 lwsruri)', requestText({ ...MESSAGE, uri: 'sip:alice@sip.test; lr' }), ['400']],
  ['a header of 20 kB', requestText({ ...MESSAGE, headers: { ...MESSAGE.headers, Subject: 's'.repeat(20_000) } }), ['400']],
  ['OPTIONS without a user', requestText({ method: 'OPTIONS', uri: 'sip:127.0.0.1' }), ['200']],
])('%s', async (_, text, statuses) => {
  const { alice, after } = await setUp();
  expect(await after(text)).toEqual(statuses);
  expect(alice.warnings).toEqual([]);
});

test('420 names what is not supported (RFC 3261 §8.2.2.3)', async () => {
  const { server, after } = await setUp();
  await after(requestText({ ...MESSAGE, method: 'INVITE', headers: { Require: '100rel, outbound', Contact: '<sip:x@y>' } }));
  expect(headerOf((await server.response('INVITE')).message, 'unsupported')).toBe('100rel');
});

test.each<[string, string]>([
  ['parameters on application/sdp', 'application/sdp;charset=utf-8'],
  ['SDP in a multipart body', 'multipart/mixed;boundary=b'],
])('a call with %s rings', async (_, type) => {
  const { server, alice } = await setUp();
  const sdp = sdpOf(1, ['sendrecv', 'sendrecv']);
  const body = type.startsWith('multipart')
    ? `--b\r\nContent-Type: application/sdp\r\n\r\n${sdp}\r\n--b\r\nContent-Type: text/plain\r\n\r\nhi\r\n--b--\r\n`
    : sdp;
  server.connection.send(
    requestText({ method: 'INVITE', uri: 'sip:alice@sip.test', headers: { Contact: '<sip:x@127.0.0.1>', 'Content-Type': type }, body }),
  );
  expect((await alice.until('session')).session.offersVideo).toBe(true);
});

test('a handler that throws is answered 500 and does no harm', async () => {
  const { server, alice, after } = await setUp();
  alice.messageVerdict = 'no such verdict' as never;
  await after(requestText(MESSAGE));
  expect((await server.response('MESSAGE')).status).toBe(500);
  alice.messageVerdict = 'stored';
  expect(await after(requestText(MESSAGE))).toEqual(['200']);
});

test('two INVITEs of the same branch, CANCEL of none, BYE in the wrong state', async () => {
  const { server, after } = await setUp();
  const invite = requestText({
    method: 'INVITE',
    uri: 'sip:alice@sip.test',
    headers: { Contact: '<sip:x@127.0.0.1>', 'Content-Type': 'application/sdp' },
    body: sdpOf(1, ['sendrecv']),
  });
  await after(invite);
  expect(await after(invite)).not.toContain('500');
  expect(await after(requestText({ ...MESSAGE, method: 'CANCEL' }))).toEqual(['481']);
  expect(server.connection.isOpen).toBe(true);
});

test('whatever is cut out of, put into or repeated in a message: nothing throws and the next one is served', async () => {
  const { alice, after } = await setUp();
  const originals = [
    requestText(MESSAGE),
    requestText({
      method: 'INVITE',
      uri: 'sip:alice@sip.test',
      headers: { Contact: '<sip:x@127.0.0.1>', 'Content-Type': 'application/sdp' },
      body: sdpOf(1, ['sendrecv']),
    }),
    requestText({ method: 'NOTIFY', uri: 'sip:alice@sip.test', headers: { Event: 'presence', 'Subscription-State': 'active' } }),
  ];
  alice.sessionVerdict = 'busy';
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...originals),
      fc.nat(400),
      fc.nat(20),
      fc.oneof(fc.string(), fc.constantFrom('<', '"', ';', ':', '\r\n', '\0', '%', 'ü', ',')),
      async (text, at, length, insertion) => {
        await after(text.slice(0, at) + insertion + text.slice(at + length));
      },
    ),
    { numRuns: Number(process.env['FUZZ_RUNS'] ?? 300) },
  );
  expect(alice.warnings).toEqual([]);
});
