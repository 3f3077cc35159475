/**
 * The way over UDP: retransmission, the liveness of the server, and the detour over TCP for requests that a
 * datagram might not carry (RFC 3261 §18.1.1).
 */
import type { Failure } from '../../../common/model/failure.ts';
import type { OpenSocket } from '../sockets/open-socket.ts';
import type { Endpoint, SipSocket, SocketContext } from '../sockets/sip-socket.ts';
import { OptionsPing } from './options-ping.ts';
import { UdpTransactions } from './retransmission.ts';

/** RFC 3261 §18.1.1: 200 bytes below the unknown path MTU of 1500. */
const LARGEST_DATAGRAM_REQUEST = 1300;
/** A server that refused TCP is not asked again for this long. */
const TCP_REFUSED_MS = 60_000;
const MOST_BRANCHES = 1_000;

export interface DatagramPathHooks {
  deliver(text: string): void;
  /** Whether somebody waits for the server now, or talks by it. */
  matters(): boolean;
  /** The server does not answer any more. */
  dead(failure: Failure): void;
}

/** What is known of the server beyond one connection. */
export interface ServerKnowledge {
  answersPings: boolean;
  refusedTcpAtMs: number | null;
}

export class DatagramPath {
  private readonly endpoint: Endpoint;
  private readonly context: SocketContext;
  private readonly openSocket: OpenSocket;
  private readonly localAddress: string;
  private readonly knowledge: ServerKnowledge;
  private readonly hooks: DatagramPathHooks;
  private readonly transactions: UdpTransactions;
  private readonly ping: OptionsPing;
  private stream: SipSocket | null = null;
  private streamAddress: string | null = null;
  private waiting: string[] = [];
  /** Branches of requests that came over the TCP connection: their responses go back by it (§18.2.2). */
  private readonly streamBranches = new Set<string>();
  /** Branches of requests that we sent over the TCP connection. */
  private readonly sentByStream = new Set<string>();

  constructor(
    socket: SipSocket,
    localAddress: string,
    endpoint: Endpoint,
    context: SocketContext,
    openSocket: OpenSocket,
    knowledge: ServerKnowledge,
    hooks: DatagramPathHooks,
  ) {
    this.localAddress = localAddress;
    this.endpoint = endpoint;
    this.context = context;
    this.openSocket = openSocket;
    this.knowledge = knowledge;
    this.hooks = hooks;
    const transmit = (text: string): void => {
      socket.send(text);
    };
    this.transactions = new UdpTransactions(context.clock, { transmit, deliver: (text) => hooks.deliver(text) });
    const { datagramPingMs, datagramIdlePingMs, datagramAnswerWithinMs, datagramFreshMs } = context.times;
    const times = { intervalMs: datagramPingMs, idleIntervalMs: datagramIdlePingMs, answerWithinMs: datagramAnswerWithinMs };
    const freshUntilMs = context.clock.now() + datagramFreshMs;
    this.ping = new OptionsPing(context.clock, times, endpoint.domain, localAddress, knowledge.answersPings, {
      transmit,
      matters: () => context.clock.now() < freshUntilMs || hooks.matters(),
      dead: () => hooks.dead({ code: 'connection-lost', detail: 'the server does not answer any more' }),
    });
    this.ping.start();
  }

  send(text: string): boolean {
    this.ping.attend();
    if (text.startsWith('SIP/2.0 ')) {
      const branch = branchOf(text);
      if (branch !== null && this.streamBranches.has(branch) && this.stream?.send(text)) return true;
    } else if (this.goesByStream(text)) {
      this.sendByStream(text);
      return true;
    }
    this.transactions.send(text);
    return true;
  }

  receive(text: string): void {
    const isPong = this.ping.takes(text);
    this.knowledge.answersPings = this.ping.hasBeenAnswered;
    if (!isPong) this.transactions.receive(text);
  }

  close(): void {
    this.ping.stop();
    this.transactions.close();
    this.stream?.close();
    this.stream = null;
    this.waiting = [];
  }

  /** Large requests do; the ACK of a refusal and a CANCEL follow their INVITE (RFC 3261 §9.1, §17.1.1.3). */
  private goesByStream(request: string): boolean {
    const branch = branchOf(request);
    if (branch !== null && this.sentByStream.has(branch)) return true;
    if (Buffer.byteLength(request) <= LARGEST_DATAGRAM_REQUEST || this.hasRefusedTcp()) return false;
    if (branch !== null) remember(this.sentByStream, branch);
    return true;
  }

  private hasRefusedTcp(): boolean {
    const { refusedTcpAtMs } = this.knowledge;
    return refusedTcpAtMs !== null && this.context.clock.now() - refusedTcpAtMs < TCP_REFUSED_MS;
  }

  private sendByStream(text: string): void {
    if (this.stream && this.streamAddress !== null) {
      if (this.stream.send(this.overTcp(text, this.streamAddress))) return;
      this.stream.close();
      this.stream = null;
    }
    this.waiting.push(text);
    if (this.stream) return;
    this.streamAddress = null;
    this.stream = this.openSocket({ ...this.endpoint, transport: 'tcp' }, this.context, {
      opened: (address) => {
        this.streamAddress = address;
        for (const waiting of this.waiting.splice(0)) this.stream?.send(this.overTcp(waiting, address ?? this.localAddress));
      },
      received: (received) => {
        if (!received.startsWith('SIP/2.0 ')) this.rememberBranch(received);
        this.hooks.deliver(received);
      },
      closed: () => {
        // §18.1.1: where TCP is refused, UDP is tried all the same.
        if (this.streamAddress === null) this.knowledge.refusedTcpAtMs = this.context.clock.now();
        this.stream = null;
        this.streamAddress = null;
        this.sentByStream.clear();
        for (const waiting of this.waiting.splice(0)) this.transactions.send(waiting);
      },
    });
  }

  private overTcp(text: string, address: string): string {
    return text.replace(/^Via: SIP\/2\.0\/UDP [^;\r\n]+/m, `Via: SIP/2.0/TCP ${address}`);
  }

  private rememberBranch(text: string): void {
    const branch = branchOf(text);
    if (branch !== null) remember(this.streamBranches, branch);
  }
}

function remember(branches: Set<string>, branch: string): void {
  if (branches.size >= MOST_BRANCHES) branches.clear();
  branches.add(branch);
}

function branchOf(text: string): string | null {
  return /^(?:via|v)[ \t]*:[^\r\n,]*?;[ \t]*branch=([^;,\s]+)/im.exec(text)?.[1] ?? null;
}
