/**
 * Real sockets on loopback, one small server for each transport:
 *
 *   Alice                   127.0.0.1:port
 *     |== TCP, TLS, WS, WSS ==|
 *     |--- REGISTER --------->|
 *     |<-- 200 ---------------|
 *     |--- CRLFCRLF, ping --->|
 *     |<-- CRLF, pong --------|
 */
import dgram from 'node:dgram';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import tls from 'node:tls';
import { onTestFinished, expect, test } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import type { AddressOfRecord } from '../../common/model/address-of-record.ts';
import type { TransportKind } from '../../common/model/account.ts';
import { headerOf, parseSip } from '../../main/sip/wire/headers.ts';
import { StreamFraming } from '../../main/sip/sockets/framing.ts';
import { hurriedClock } from '../support/hurried-clock.ts';
import { Recorder } from '../support/recorder.ts';
import { replyTo } from '../support/scripted-server.ts';
import { openSide, type SideOptions } from '../support/sip-side.ts';

const file = (name: string): string => new URL(`../fixtures/tls/${name}`, import.meta.url).pathname;
const credentials = { key: readFileSync(file('sip.test.key.pem')), cert: readFileSync(file('sip.test.cert.pem')) };

interface Server {
  readonly port: number;
  readonly received: Recorder<string>;
  /** Sends bytes over the last connection. */
  write(bytes: string | Buffer): void;
  /** Ends every connection, and takes no more. */
  stop(): void;
  /** Whether requests are answered. */
  answers: boolean;
  pongs: boolean;
}

function answerTo(text: string): string | null {
  const message = parseSip(text);
  if (!message || message.startLine.startsWith('SIP/2.0') || message.startLine.startsWith('ACK')) return null;
  const contact = headerOf(message, 'contact');
  return replyTo(message, 200, contact ? { Contact: contact } : {});
}

async function listening(server: net.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

async function streamServer(isSecure: boolean): Promise<Server> {
  const sockets = new Set<net.Socket>();
  const received = new Recorder<string>();
  const take = (socket: net.Socket): void => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    const framing = new StreamFraming();
    socket.on('data', (chunk) => {
      for (const frame of framing.push(chunk)) {
        if (frame.kind === 'ping' && self.pongs) socket.write('\r\n');
        received.add(frame.kind === 'message' ? frame.text : frame.kind);
        const answer = frame.kind === 'message' && self.answers ? answerTo(frame.text) : null;
        if (answer !== null) socket.write(answer);
      }
    });
  };
  const server = isSecure ? tls.createServer(credentials, take) : net.createServer(take);
  server.on('tlsClientError', () => undefined);
  const self: Server = {
    port: await listening(server),
    received,
    answers: true,
    pongs: true,
    write: (bytes) => void [...sockets].at(-1)?.write(bytes),
    stop() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
  onTestFinished(() => self.stop());
  return self;
}

async function webSocketServer(isSecure: boolean): Promise<Server> {
  const received = new Recorder<string>();
  const server = isSecure ? https.createServer(credentials) : (await import('node:http')).createServer();
  server.on('tlsClientError', () => undefined);
  const sockets = new WebSocketServer({ server, autoPong: false, handleProtocols: (protocols) => (protocols.has('sip') ? 'sip' : false) });
  let last: WebSocket | null = null;
  sockets.on('connection', (socket) => {
    last = socket;
    socket.on('error', () => undefined);
    socket.on('ping', () => {
      received.add('ping');
      if (self.pongs) socket.pong();
    });
    socket.on('message', (bytes: Buffer) => {
      received.add(bytes.toString());
      const answer = self.answers ? answerTo(bytes.toString()) : null;
      if (answer !== null) socket.send(answer);
    });
  });
  const self: Server = {
    port: await listening(server),
    received,
    answers: true,
    pongs: true,
    write: (bytes) => last?.send(bytes.toString()),
    stop() {
      for (const socket of sockets.clients) socket.terminate();
      server.close();
    },
  };
  onTestFinished(() => self.stop());
  return self;
}

interface DatagramServer extends Server {
  /** Whether OPTIONS alone is answered. */
  peer: dgram.RemoteInfo | null;
}

async function datagramServer(port = 0, via: (text: string, from: dgram.RemoteInfo) => string = (text) => text): Promise<DatagramServer> {
  const received = new Recorder<string>();
  const socket = dgram.createSocket('udp4');
  socket.on('message', (bytes, from) => {
    self.peer = from;
    received.add(bytes.toString());
    const answer = self.answers ? answerTo(via(bytes.toString(), from)) : null;
    if (answer !== null) socket.send(answer, from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(port, '127.0.0.1', resolve));
  let isOpen = true;
  const self: DatagramServer = {
    port: socket.address().port,
    received,
    answers: true,
    pongs: true,
    peer: null,
    write: (bytes) => {
      if (self.peer) socket.send(bytes, self.peer.port, self.peer.address);
    },
    stop() {
      if (isOpen) socket.close();
      isOpen = false;
    },
  };
  onTestFinished(() => self.stop());
  return self;
}

function serverFor(transport: TransportKind): Promise<Server> {
  switch (transport) {
    case 'udp':
      return datagramServer();
    case 'tcp':
    case 'tls':
      return streamServer(transport === 'tls');
    case 'ws':
    case 'wss':
      return webSocketServer(transport === 'wss');
  }
}

function side(transport: TransportKind, port: number, options: SideOptions = {}) {
  const alice = openSide({
    transport,
    ...options,
    settings: { port, certificateAuthorityFile: file('sip.test.cert.pem'), ...options.settings },
  });
  onTestFinished(() => alice.userAgent.close());
  return alice;
}

const ALL: TransportKind[] = ['udp', 'tcp', 'tls', 'ws', 'wss'];
const BOB = 'sip:bob@sip.test' as AddressOfRecord;

test.each(ALL)('%s: registers, sends, receives, leaves', async (transport) => {
  const server = await serverFor(transport);
  const alice = side(transport, server.port);
  await alice.register();
  const register = server.received.all[0] ?? '';
  const via = /^Via: SIP\/2\.0\/(\S+) (\S+?);(.*)$/m.exec(register);
  expect(via?.[1]).toBe(transport.toUpperCase());
  if (transport.startsWith('ws')) expect(via?.[2]).toMatch(/^[0-9a-f]+\.invalid$/);
  else expect(via?.[2]).toMatch(/^127\.0\.0\.1:\d+$/);
  expect(via?.[3]?.startsWith('rport;')).toBe(transport === 'udp');
  expect(await alice.userAgent.sendMessage({ to: BOB, contentType: 'text/plain', body: 'ä'.repeat(200), callId: 'c1' })).toEqual({
    kind: 'sent',
  });
  server.write(
    `MESSAGE sip:alice@sip.test SIP/2.0\r\nv: SIP/2.0/TCP h;branch=z9hG4bKq\r\nf: <sip:bob@sip.test>;tag=1\r\nt: <sip:alice@sip.test>\r\ni: in-1\r\nCSeq: 7 MESSAGE\r\nc: text/plain\r\nl: 5\r\n\r\n👋!`,
  );
  expect((await alice.until('message')).message).toMatchObject({ body: '👋!', callId: 'in-1', cseq: 7 });
  await server.received.until((text) => text.startsWith('SIP/2.0 200') && text.includes('in-1'));
  await alice.userAgent.close();
  await server.received.until((text) => text.startsWith('REGISTER') && text.includes('expires=0'));
});

test.each(ALL)('%s: a server that goes away is noticed', async (transport) => {
  const server = await serverFor(transport);
  const alice = side(transport, server.port, { clock: hurriedClock(40) });
  await alice.register();
  // Over UDP nothing but the ping can tell; one must have been answered for the next to count.
  if (transport === 'udp') await server.received.until((text) => text.startsWith('OPTIONS'));
  server.stop();
  expect((await alice.until('transport-lost')).failure.code).toMatch(/^connection-(lost|refused)$/);
});

test.each(['tcp', 'tls', 'ws', 'wss'] as const)(
  '%s: a connection that is open and dead is noticed by its missing pong',
  async (transport) => {
    const server = await serverFor(transport);
    const alice = side(transport, server.port, { clock: hurriedClock(250) });
    await alice.register();
    await server.received.until((text) => text === 'ping');
    server.pongs = false;
    expect((await alice.until('transport-lost')).failure).toMatchObject({ code: 'connection-lost', detail: 'no answer to keepalive' });
  },
);

test('tcp: a server that never sent a pong is not held dead for that', async () => {
  const server = await streamServer(false);
  server.pongs = false;
  const alice = side('tcp', server.port, { clock: hurriedClock(500) });
  await alice.register();
  await server.received.until((_, index = server.received.all.filter((text) => text === 'ping').length) => index >= 3);
  expect(alice.facts.all.map(({ kind }) => kind)).toEqual(['registered']);
});

test('udp: a server that answers no OPTIONS is not held dead for that; one that did is', async () => {
  const server = await datagramServer();
  const alice = side('udp', server.port, { clock: hurriedClock(40) });
  await alice.register();
  server.answers = false;
  await server.received.until(() => server.received.all.filter((text) => text.startsWith('OPTIONS')).length >= 7);
  expect(alice.facts.all.map(({ kind }) => kind)).toEqual(['registered']);
  server.answers = true;
  const seen = server.received.all.length;
  await server.received.until((text) => text.startsWith('OPTIONS'), 'another ping', seen);
  await server.received.until(() => server.received.all.slice(seen).filter((text) => text.startsWith('OPTIONS')).length >= 2);
  server.answers = false;
  expect((await alice.until('transport-lost')).failure.detail).toBe('the server does not answer any more');
});

test('udp: the address the server sees goes into the Contact', async () => {
  const server = await datagramServer(0, (text, from) => text.replace(';rport;', `;received=192.0.2.7;rport=${from.port + 1};`));
  const alice = side('udp', server.port);
  await alice.register();
  const second = await server.received.until((text) => text.startsWith('REGISTER') && text.includes('@192.0.2.7:'));
  expect(second).toMatch(/^Via: SIP\/2\.0\/UDP 127\.0\.0\.1:\d+;rport;/m);
});

test('udp: a request beyond 1300 bytes takes TCP, and UDP where TCP is refused', async () => {
  const stream = await streamServer(false);
  const server = await datagramServer(stream.port);
  const alice = side('udp', server.port);
  await alice.register();
  const big = { to: BOB, contentType: 'text/plain', body: 'x'.repeat(2_000) };
  expect(await alice.userAgent.sendMessage({ ...big, callId: 'big-1' })).toEqual({ kind: 'sent' });
  expect(stream.received.all.filter((text) => text.startsWith('MESSAGE'))).toHaveLength(1);
  expect(stream.received.all[0]).toMatch(/^Via: SIP\/2\.0\/TCP 127\.0\.0\.1:\d+;/m);
  stream.stop();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await alice.userAgent.sendMessage({ ...big, callId: 'big-2' })).toEqual({ kind: 'sent' });
  expect(server.received.all.some((text) => text.includes('big-2'))).toBe(true);
});

test.each(['tls', 'wss'] as const)('%s: a certificate nobody vouches for is refused, and said whose it is', async (transport) => {
  const server = await serverFor(transport);
  const alice = side(transport, server.port, { settings: { certificateAuthorityFile: null } });
  alice.userAgent.attempt();
  const { failure } = await alice.until('registration-failed');
  expect(failure.code).toBe('certificate-refused');
  expect(failure.certificate).toMatchObject({ subject: 'CN=sip.test', issuer: 'CN=sip.test', problem: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  expect(failure.certificate?.fingerprintSha256).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  expect(server.received.all).toEqual([]);
});

test('tls: a certificate for another domain is refused', async () => {
  const server = await streamServer(true);
  const alice = side('tls', server.port, { settings: { addressOfRecord: 'sip:alice@other.test' as AddressOfRecord } });
  alice.userAgent.attempt();
  expect((await alice.until('registration-failed')).failure).toMatchObject({
    code: 'certificate-refused',
    certificate: { problem: 'ERR_TLS_CERT_ALTNAME_INVALID' },
  });
});

test.each(['tcp', 'tls', 'ws', 'wss'] as const)('%s: nobody listening is connection-refused', async (transport) => {
  const server = await streamServer(false);
  server.stop();
  const alice = side(transport, server.port);
  alice.userAgent.attempt();
  expect((await alice.until('registration-failed')).failure.code).toBe('connection-refused');
});

test.each(ALL)('%s: a name nobody knows is address-unresolvable', async (transport) => {
  const alice = side(transport, 5060, { settings: { server: 'no-such-host.invalid' }, clock: hurriedClock(1) });
  alice.userAgent.attempt();
  expect((await alice.until('registration-failed')).failure.code).toBe('address-unresolvable');
});

test('a server that accepts and says nothing is given up in time', async () => {
  const server = net.createServer(() => undefined);
  const port = await listening(server);
  for (const transport of ['tls', 'ws'] as const) {
    const alice = side(transport, port, { times: { connectMs: 300 }, clock: hurriedClock(1) });
    alice.userAgent.attempt();
    expect((await alice.until('registration-failed')).failure.code).toMatch(/^connection-(timeout|lost)$/);
  }
});

test.each<[TransportKind, string | Buffer]>([
  ['tcp', `MESSAGE sip:alice@sip.test SIP/2.0\r\nContent-Length: 70000\r\n\r\n`],
  ['tcp', Buffer.alloc(70_000, 0x61)],
  ['tls', `MESSAGE sip:alice@sip.test SIP/2.0\r\nContent-Length: 999999999999\r\n\r\n`],
  ['ws', 'x'.repeat(1024 * 1024 + 1)],
])('%s: what is too large closes the connection', async (transport, bytes) => {
  const server = await serverFor(transport);
  const alice = side(transport, server.port);
  await alice.register();
  server.write(bytes);
  expect((await alice.until('transport-lost')).failure.code).toBe('protocol-error');
  expect(alice.warnings.join()).toMatch(/limit|number|payload/i);
});
