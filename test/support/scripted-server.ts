/**
 * A SIP server for tests that does what its script says, over connections in memory. Without a script it registers
 * everybody who asks, answers what it does not know with 404, and joins two users who are both connected.
 */
import { randomBytes } from 'node:crypto';
import type { Failure } from '../../common/model/failure.ts';
import type { OpenSocket } from '../../main/sip/sockets/open-socket.ts';
import type { SocketEvents } from '../../main/sip/sockets/sip-socket.ts';
import {
  formatSip,
  headerOf,
  headersOf,
  methodOf,
  parseNameAddr,
  parseSip,
  statusOf,
  tagOf,
  type SipMessage,
} from '../../main/sip/wire/headers.ts';
import { Recorder } from './recorder.ts';

export interface Connection {
  readonly address: string;
  /** Sends text as it is. */
  send(text: string): void;
  /** The connection breaks. */
  drop(failure?: Failure): void;
  readonly isOpen: boolean;
}

export interface Received {
  readonly connection: Connection;
  readonly message: SipMessage;
  readonly text: string;
  readonly method: string | null;
  readonly status: number | null;
}

/** True where the script has dealt with the message. */
export type Script = (received: Received) => boolean | undefined;

export class ScriptedServer {
  readonly received = new Recorder<Received>();
  script: Script = () => false;
  /** Connections are refused with this. */
  refuses: Failure | null = null;
  readonly connections: Connection[] = [];
  private readonly bindings = new Map<string, { connection: Connection; contact: string }>();
  private ports = 40_000;

  readonly openSocket: OpenSocket = (_endpoint, _context, events) => {
    let isOpen = true;
    const port = (this.ports += 1);
    const connection = this.accept(
      `127.0.0.1:${port}`,
      events,
      () => isOpen,
      () => (isOpen = false),
    );
    setImmediate(() => {
      if (!isOpen) return;
      if (this.refuses) {
        isOpen = false;
        events.closed(this.refuses);
        return;
      }
      this.connections.push(connection);
      events.opened(connection.address);
    });
    return {
      send: (text) => {
        if (!isOpen) return false;
        // As over a network: not within the sender's call.
        setImmediate(() => {
          if (isOpen) this.take(connection, text);
        });
        return true;
      },
      close: () => {
        setImmediate(() => (isOpen = false));
      },
    };
  };

  /** The last open connection. */
  get connection(): Connection {
    const open = this.connections.filter((candidate) => candidate.isOpen).at(-1);
    if (!open) throw new Error('nobody is connected');
    return open;
  }

  /** Waits for a request, the `nth` of its kind. */
  request(method: string, nth = 1): Promise<Received> {
    let seen = 0;
    const counted = new Set<Received>();
    return this.received.until((received) => {
      if (received.method !== method) return false;
      if (!counted.has(received)) {
        counted.add(received);
        seen += 1;
      }
      return [...counted].indexOf(received) + 1 === nth && seen >= nth;
    }, `${method} number ${nth}`);
  }

  /** Waits for a final response to this method. */
  response(method: string, fits: (status: number) => boolean = (status) => status >= 200): Promise<Received> {
    return this.received.until(
      (received) => received.status !== null && fits(received.status) && (headerOf(received.message, 'cseq') ?? '').endsWith(` ${method}`),
      `a response to ${method}`,
    );
  }

  count(method: string): number {
    return this.received.all.filter((received) => received.method === method).length;
  }

  reply({ connection, message }: Received, status: number, extra: Readonly<Record<string, string>> = {}, body = '', tag = 'server'): void {
    connection.send(replyTo(message, status, extra, body, tag));
  }

  private accept(address: string, events: SocketEvents, isOpen: () => boolean, close: () => void): Connection {
    return {
      address,
      get isOpen() {
        return isOpen();
      },
      send: (text) => {
        setImmediate(() => {
          if (isOpen()) events.received(text);
        });
      },
      drop: (failure = { code: 'connection-lost' }) => {
        if (!isOpen()) return;
        close();
        events.closed(failure);
      },
    };
  }

  private take(connection: Connection, text: string): void {
    const message = parseSip(text);
    if (!message) return;
    const received: Received = { connection, message, text, method: methodOf(message), status: statusOf(message) };
    this.received.add(received);
    if (this.script(received) === true) return;
    if (received.status !== null) this.passBack(message);
    else this.serve(received);
  }

  private serve(received: Received): void {
    const { connection, message, method } = received;
    if (method === 'REGISTER') {
      const contact = headerOf(message, 'contact') ?? '';
      const user = userIn(headerOf(message, 'to') ?? '');
      const expires = headerOf(message, 'expires') ?? '600';
      if (expires === '0') this.bindings.delete(user);
      else this.bindings.set(user, { connection, contact: parseNameAddr(contact)?.uri ?? '' });
      this.reply(received, 200, { Contact: contact, Expires: expires });
      return;
    }
    const target = /^\S+ (\S+)/.exec(message.startLine)?.[1] ?? '';
    const binding =
      this.bindings.get(userIn(target)) ?? [...this.bindings.values()].find((candidate) => userIn(candidate.contact) === userIn(target));
    if (!binding?.connection.isOpen) {
      if (method !== 'ACK') this.reply(received, 404);
      return;
    }
    // A proxy's work: our Via on top, the contact for the Request-URI.
    const via = headersOf(message, 'via')[0] ?? '';
    const branch = /branch=([^;,\s]+)/.exec(via)?.[1] ?? '';
    const forwarded: SipMessage = {
      ...message,
      startLine: message.startLine.replace(target, binding.contact),
      headers: [
        { name: 'Via', value: `SIP/2.0/TCP 127.0.0.1:5060;branch=${branch}-p;from=${connection.address.split(':')[1] ?? ''}` },
        ...message.headers,
      ],
    };
    binding.connection.send(formatSip(forwarded));
  }

  private passBack(message: SipMessage): void {
    const [own, ...rest] = message.headers.filter((header) => header.name.toLowerCase() === 'via');
    const from = /;from=(\S+)$/.exec(own?.value ?? '')?.[1];
    const connection = this.connections.find((candidate) => candidate.address.endsWith(`:${from ?? ''}`));
    if (!connection || rest.length === 0) return;
    connection.send(
      formatSip({ ...message, headers: [...rest, ...message.headers.filter((header) => header.name.toLowerCase() !== 'via')] }),
    );
  }
}

/** A response as a server would write it. */
export function replyTo(
  message: SipMessage,
  status: number,
  extra: Readonly<Record<string, string>> = {},
  body = '',
  tag = 'server',
): string {
  const to = headerOf(message, 'to') ?? '';
  return formatSip({
    startLine: `SIP/2.0 ${status} Scripted`,
    headers: [
      ...headersOf(message, 'via').map((value) => ({ name: 'Via', value })),
      { name: 'To', value: tagOf(to) === null && status !== 100 ? `${to};tag=${tag}` : to },
      { name: 'From', value: headerOf(message, 'from') ?? '' },
      { name: 'Call-ID', value: headerOf(message, 'call-id') ?? '' },
      { name: 'CSeq', value: headerOf(message, 'cseq') ?? '' },
      ...Object.entries(extra).flatMap(([name, value]) => value.split('\n').map((line) => ({ name, value: line }))),
    ],
    body,
    flaw: null,
  });
}

export interface RequestParts {
  readonly method: string;
  readonly uri: string;
  readonly from?: string;
  readonly to?: string;
  readonly callId?: string;
  readonly cseq?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A request as the far side would write it. */
export function requestText({ method, uri, from, to, callId, cseq = 1, headers = {}, body = '' }: RequestParts): string {
  return formatSip({
    startLine: `${method} ${uri} SIP/2.0`,
    headers: [
      { name: 'Via', value: `SIP/2.0/TCP 127.0.0.1:5060;branch=z9hG4bK${randomBytes(8).toString('hex')}` },
      { name: 'Max-Forwards', value: '70' },
      { name: 'From', value: from ?? '<sip:carol@sip.test>;tag=carol' },
      { name: 'To', value: to ?? '<sip:alice@sip.test>' },
      { name: 'Call-ID', value: callId ?? randomBytes(8).toString('hex') },
      { name: 'CSeq', value: `${cseq} ${method}` },
      ...Object.entries(headers).map(([name, value]) => ({ name, value })),
    ],
    body,
    flaw: null,
  });
}

function userIn(value: string): string {
  return /sips?:([^@>;\s]+)@/i.exec(value)?.[1] ?? '';
}
