/**
 * What JsSIP holds for its socket: the connection of the moment, and between it and JsSIP everything that has to
 * happen to the text on its way in and out. It outlives connections; JsSIP asks for a new one by `connect`.
 *
 *   network ─► socket ─► (UDP: retransmission) ─► early NOTIFY ─► reception ─► tolerance ─► JsSIP
 *   network ◄─ socket ◄─ (UDP: retransmission) ◄─ our address, tel: restored ◄──── JsSIP
 *
 * Nothing that arrives may throw out of here.
 */
import type { Socket } from 'jssip/lib/UA.js';
import type { Failure } from '../../../common/model/failure.ts';
import type { GatewayAddress } from '../../ports/media-gateway.ts';
import type { OpenSocket } from '../sockets/open-socket.ts';
import type { Endpoint, SipSocket, SocketContext } from '../sockets/sip-socket.ts';
import { isSupported } from '../capabilities.ts';
import { CONNECTION_LOST } from '../failure-mapping.ts';
import { DatagramPath, type ServerKnowledge } from './datagram-path.ts';
import { EarlyNotify } from './early-notify.ts';
import { formatSip, headersOf, methodOf, parameterOf, parseSip, type SipMessage } from './headers.ts';
import { OpenRequests } from './open-requests.ts';
import { receive } from './reception.ts';
import { responseTo } from './response.ts';
import { repair, restored } from './tolerance.ts';

export interface WireOptions {
  readonly endpoint: Endpoint;
  /** The host JsSIP writes into Via and Contact, replaced on the way out where we have an address. */
  readonly placeholderHost: string;
  /** The URI of the first hop, for a preloaded Route. */
  readonly routeUri: string;
  /** Whether a call is under way. */
  readonly isTalking: () => boolean;
}

/** The name of a transport in a Via (RFC 3261 §20.42, RFC 7118 §5.1). */
const VIA_TRANSPORT = { udp: 'UDP', tcp: 'TCP', tls: 'TLS', ws: 'WS', wss: 'WSS' } as const;

export class Wire implements Socket {
  readonly url: string;
  readonly via_transport: string;
  readonly sip_uri: string;
  onconnect: () => void = () => undefined;
  ondisconnect: (error: boolean, code?: number, reason?: string) => void = () => undefined;
  ondata: (message: string) => void = () => undefined;
  /** Why the last connection ended or did not come about. */
  lastFailure: Failure = CONNECTION_LOST;

  private readonly options: WireOptions;
  private readonly context: SocketContext;
  private readonly openSocket: OpenSocket;
  private readonly earlyNotify: EarlyNotify;
  private readonly openRequests: OpenRequests;
  private readonly knowledge: ServerKnowledge = { answersPings: false, refusedTcpAtMs: null };
  private socket: SipSocket | null = null;
  private path: DatagramPath | null = null;
  private localAddress: string | null = null;
  private localHost: string | null = null;
  private mappedAddress: string | null = null;

  constructor(options: WireOptions, context: SocketContext, openSocket: OpenSocket) {
    const { endpoint } = options;
    this.options = options;
    this.context = context;
    this.openSocket = openSocket;
    this.openRequests = new OpenRequests(context.clock);
    this.url = `${endpoint.transport}://${endpoint.host}:${endpoint.port}`;
    this.via_transport = VIA_TRANSPORT[endpoint.transport];
    this.sip_uri = options.routeUri;
    this.earlyNotify = new EarlyNotify(context.clock, (text) => this.hand(text));
  }

  /** The `host:port` that our Contact has now; null where it keeps the placeholder. */
  get contactAddress(): string | null {
    return this.mappedAddress ?? this.localAddress;
  }

  /** Where media can be bound and what the far side is told of it; null without a connection. */
  get mediaAddress(): GatewayAddress | null {
    const local = this.localAddress === null ? this.localHost : hostOf(this.localAddress);
    return local === null ? null : { local, announced: this.mappedAddress === null ? local : hostOf(this.mappedAddress) };
  }

  connect(): void {
    if (this.socket) return;
    const opened: { socket: SipSocket | null } = { socket: null };
    const isCurrent = (): boolean => opened.socket === null || this.socket === opened.socket;
    this.socket = opened.socket = this.openSocket(this.options.endpoint, this.context, {
      opened: (address, host) => {
        if (!isCurrent()) return;
        this.open(address, host);
        this.guard('connected', () => this.onconnect());
      },
      received: (text) => {
        if (!isCurrent()) return;
        this.guard('received', () => (this.path ? this.path.receive(text) : this.take(text)));
      },
      closed: (failure) => {
        if (isCurrent()) this.lose(failure);
      },
    });
  }

  disconnect(): void {
    const { socket } = this;
    this.forget();
    socket?.close();
  }

  send(message: string): boolean {
    if (!this.socket) return false;
    const text = this.outgoing(message);
    this.earlyNotify.sent(text);
    this.openRequests.sent(text);
    return this.path ? this.path.send(text) : this.socket.send(text);
  }

  private open(address: string | null, host: string | undefined): void {
    const { endpoint } = this.options;
    this.localAddress = address;
    this.localHost = host ?? null;
    this.mappedAddress = null;
    if (endpoint.transport !== 'udp' || !this.socket) return;
    this.path = new DatagramPath(this.socket, address ?? '127.0.0.1', endpoint, this.context, this.openSocket, this.knowledge, {
      deliver: (text) => this.guard('received', () => this.take(text)),
      matters: () => this.options.isTalking() || this.openRequests.isAnyWaiting(),
      dead: (failure) => {
        const { socket } = this;
        this.lose(failure);
        socket?.close();
      },
    });
  }

  private lose(failure: Failure): void {
    this.forget();
    this.lastFailure = failure;
    this.guard('disconnected', () => this.ondisconnect(true, 0, failure.detail));
  }

  private forget(): void {
    this.socket = null;
    this.path?.close();
    this.path = null;
    this.localAddress = null;
    this.localHost = null;
    this.earlyNotify.clear();
    this.openRequests.clear();
  }

  /** One message from the network, or a keepalive that JsSIP would understand. */
  private take(text: string): void {
    const message = parseSip(text);
    if (!message) return;
    if (this.earlyNotify.keeps(message, text)) return;
    this.learnAddress(message);
    const reception = receive(message);
    if (reception.kind === 'drop') {
      this.context.logger.info('a message was dropped', { reason: reception.reason });
      const failing = reception.isUnreadable ? this.openRequests.failing(message) : null;
      if (failing !== null) this.take(failing);
      return;
    }
    if (reception.kind === 'answer') {
      this.context.logger.info('a request was refused before it was looked at', { status: reception.status, reason: reception.reason });
      this.answer(message, reception.status, reception.headers);
      return;
    }
    this.openRequests.answered(message);
    repair(message);
    this.pass(message);
    this.earlyNotify.delivered(message);
  }

  /** A NOTIFY that has waited: it knows its way now. */
  private hand(text: string): void {
    this.guard('received', () => this.take(text));
  }

  private pass(message: SipMessage): void {
    try {
      this.ondata(formatSip(message));
    } catch (error) {
      this.context.logger.error('a message could not be handled', {
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
      if (methodOf(message) !== null) this.answer(message, 500);
    }
  }

  private answer(message: SipMessage, status: number, headers: Parameters<typeof responseTo>[2] = []): void {
    const response = responseTo(message, status, headers);
    if (response === null) return;
    if (this.path) this.path.send(response);
    else this.socket?.send(response);
  }

  /** RFC 3581 §4: `received` and `rport` say from where the server sees us: over UDP what our Contact must say. */
  private learnAddress(message: SipMessage): void {
    if (this.options.endpoint.transport !== 'udp' || !message.startLine.startsWith('SIP/2.0 ')) return;
    const via = headersOf(message, 'via')[0] ?? '';
    // A large request went by TCP: that connection's port is not the one our datagrams come from.
    if (!/^SIP\s*\/\s*2\.0\s*\/\s*UDP\b/i.test(via)) return;
    const port = parameterOf(via, 'rport');
    const host = parameterOf(via, 'received') ?? this.localAddress?.replace(/:\d+$/, '');
    if (!port || !host || !/^\d{1,5}$/.test(port) || !/^[0-9A-Za-z.:[\]]+$/.test(host)) return;
    const seen = `${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${port}`;
    this.mappedAddress = seen === this.localAddress ? null : seen;
  }

  /** Our address in place of the placeholder; only in the head, only where JsSIP put it. */
  private outgoing(message: string): string {
    const end = message.indexOf('\r\n\r\n');
    let head = end === -1 ? message : message.slice(0, end);
    const { placeholderHost, endpoint } = this.options;
    if (this.localAddress !== null && head.includes(placeholderHost)) {
      // RFC 3581 §3: rport asks for the answer to come back to where the request left.
      const responsePort = endpoint.transport === 'udp' ? ';rport' : '';
      head = head
        .replaceAll(`${placeholderHost};branch=`, `${this.localAddress}${responsePort};branch=`)
        .replaceAll(placeholderHost, this.contactAddress ?? placeholderHost);
    }
    // JsSIP writes what it could do itself; we say what is done.
    head = head.replace(/^Supported: (.*)$/m, (_, tags: string) => `Supported: ${tags.trim().split(',').filter(isSupported).join(',')}`);
    return `${restored(head)}${end === -1 ? '' : message.slice(end)}`;
  }

  private guard(what: string, action: () => void): void {
    try {
      action();
    } catch (error) {
      this.context.logger.error('a defect in the SIP stack', {
        what,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    }
  }
}

/** The host of `host:port`, an IPv6 one without its brackets. */
function hostOf(address: string): string {
  return address.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
}
