/**
 * The way of a UDP account with its detour over TCP for what a datagram might not carry:
 *
 *   JsSIP ──► DatagramPath ──► datagram
 *                   └────────► TCP, Via rewritten
 */
import { expect, test } from 'vitest';
import type { OpenSocket } from '../../../../../main/sip/sockets/open-socket.ts';
import type { Endpoint, SipSocket, SocketEvents } from '../../../../../main/sip/sockets/sip-socket.ts';
import { DEFAULT_TIMES } from '../../../../../main/sip/times.ts';
import { DatagramPath } from '../../../../../main/sip/wire/datagram-path.ts';
import { Wire } from '../../../../../main/sip/wire/wire.ts';
import { createFakeClock } from '../../../../support/fake-clock.ts';
import { createKeptLogger } from '../../../../support/kept-logger.ts';

const DATAGRAM_ADDRESS = '192.0.2.1:40000';
const STREAM_ADDRESS = '192.0.2.1:50000';
const ENDPOINT: Endpoint = {
  transport: 'udp',
  host: '192.0.2.9',
  port: 5060,
  webSocketPath: '/',
  domain: 'sip.test',
  namedHost: null,
  certificateAuthorityFile: null,
};

interface Line {
  readonly transport: string;
  readonly sent: string[];
  readonly events: SocketEvents;
}

/** Sockets that note what is sent, each opened by the test. */
function setUp() {
  const lines: Line[] = [];
  const open: OpenSocket = ({ transport }, _context, events): SipSocket => {
    const line: Line = { transport, sent: [], events };
    lines.push(line);
    return {
      send: (text) => {
        line.sent.push(text);
        return true;
      },
      close: () => undefined,
    };
  };
  const context = { clock: createFakeClock(), logger: createKeptLogger(), times: DEFAULT_TIMES };
  return { lines, open, context };
}

function openPath() {
  const { lines, open, context } = setUp();
  const sent: string[] = [];
  const delivered: string[] = [];
  const socket: SipSocket = {
    send: (text) => {
      sent.push(text);
      return true;
    },
    close: () => undefined,
  };
  const made = new DatagramPath(
    socket,
    DATAGRAM_ADDRESS,
    ENDPOINT,
    context,
    open,
    { answersPings: false, refusedTcpAtMs: null },
    {
      deliver: (text) => delivered.push(text),
      matters: () => false,
      dead: () => undefined,
    },
  );
  /** The TCP connection stands. */
  const openStream = (): Line => {
    const line = lines[0]!;
    line.events.opened(STREAM_ADDRESS);
    return line;
  };
  return { path: made, clock: context.clock, sent, delivered, lines, openStream };
}

function request(method: string, branch: string, body = ''): string {
  return [
    `${method} sip:bob@sip.test SIP/2.0`,
    `Via: SIP/2.0/UDP ${DATAGRAM_ADDRESS};rport;branch=z9hG4bK${branch}`,
    'Max-Forwards: 70',
    'From: <sip:alice@sip.test>;tag=a',
    'To: <sip:bob@sip.test>',
    'Call-ID: call',
    `CSeq: 1 ${method}`,
    `Content-Length: ${body.length}`,
    '',
    body,
  ].join('\r\n');
}

/** With its headers beyond the 1300 bytes of RFC 3261 §18.1.1. */
const OFFER = 'v'.repeat(1_300);

test.each(['ACK', 'CANCEL'])(
  'the %s of an INVITE that went over TCP goes the same way, however small (RFC 3261 §9.1, §17.1.1.3)',
  (method) => {
    const { path, sent, openStream } = openPath();
    path.send(request('INVITE', 'large', OFFER));
    const stream = openStream();
    path.send(request(method, 'large'));
    expect(stream.sent.map((text) => text.split(' ')[0])).toEqual(['INVITE', method]);
    expect(stream.sent[1]).toContain(`Via: SIP/2.0/TCP ${STREAM_ADDRESS};`);
    expect(sent).toEqual([]);
  },
);

test.each(['ACK', 'CANCEL'])('the %s of an INVITE that went as a datagram is a datagram, while another INVITE is on TCP', (method) => {
  const { path, sent, openStream } = openPath();
  path.send(request('INVITE', 'large', OFFER));
  const stream = openStream();
  path.send(request('INVITE', 'small'));
  path.send(request(method, 'small'));
  expect(sent).toEqual([request('INVITE', 'small'), request(method, 'small')]);
  expect(stream.sent).toHaveLength(1);
});

test('a CANCEL that is sent while the TCP connection is being made waits behind its INVITE', () => {
  const { path, sent, openStream } = openPath();
  path.send(request('INVITE', 'large', OFFER));
  path.send(request('CANCEL', 'large'));
  expect(sent).toEqual([]);
  expect(openStream().sent.map((text) => text.split(' ')[0])).toEqual(['INVITE', 'CANCEL']);
});

test('where TCP is refused, the INVITE and what follows it are datagrams (§18.1.1)', () => {
  const { path, sent, lines } = openPath();
  path.send(request('INVITE', 'large', OFFER));
  lines[0]!.events.closed({ code: 'connection-refused' });
  path.send(request('ACK', 'large'));
  expect(sent).toEqual([request('INVITE', 'large', OFFER), request('ACK', 'large')]);
});

test('the port of the TCP connection never gets into the Contact of a UDP account (RFC 3581 §4)', () => {
  const { lines, open, context } = setUp();
  const wire = new Wire(
    { endpoint: ENDPOINT, placeholderHost: 'placeholder.invalid', routeUri: 'sip:192.0.2.9', isTalking: () => false },
    context,
    open,
  );
  wire.connect();
  lines[0]!.events.opened(DATAGRAM_ADDRESS);
  wire.send(request('MESSAGE', 'large', OFFER));
  const stream = lines[1]!;
  stream.events.opened(STREAM_ADDRESS);
  const answer = (via: string): string =>
    `SIP/2.0 200 OK\r\nVia: ${via}\r\nFrom: <sip:alice@sip.test>;tag=a\r\nTo: <sip:bob@sip.test>;tag=b\r\nCall-ID: call\r\nCSeq: 1 MESSAGE\r\nContent-Length: 0\r\n\r\n`;
  stream.events.received(answer(`SIP/2.0/TCP ${STREAM_ADDRESS};received=198.51.100.7;rport=50123;branch=z9hG4bKlarge`));
  expect(wire.contactAddress).toBe(DATAGRAM_ADDRESS);
  // That of a datagram does.
  lines[0]!.events.received(answer(`SIP/2.0/UDP ${DATAGRAM_ADDRESS};received=198.51.100.7;rport=40123;branch=z9hG4bKsmall`));
  expect(wire.contactAddress).toBe('198.51.100.7:40123');
  wire.disconnect();
});
