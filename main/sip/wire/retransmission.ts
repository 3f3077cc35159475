/**
 * The transaction timers that an unreliable transport needs and JsSIP leaves out (RFC 3261 §17): A and E resend
 * requests, G resends refusals of an INVITE; D, I, J and K are the time a transaction is remembered, so that a
 * repeated request is answered and not delivered again, and a repeated refusal is acknowledged again.
 *
 *   JsSIP ──send──► UdpTransactions ──transmit──► datagram
 *   JsSIP ◄─deliver─ UdpTransactions ◄─receive── datagram
 */
import type { Clock } from '../../ports/clock.ts';

/** RFC 3261 §17.1.1.1. */
const T1_MS = 500;
const T2_MS = 4_000;
const LIFETIME_MS = 64 * T1_MS;
const MOST_REMEMBERED = 20_000;

interface ClientTransaction {
  readonly startedAtMs: number;
  delayMs: number;
  proceeding: boolean;
  cancelTimer: () => void;
}

interface ServerTransaction {
  readonly startedAtMs: number;
  response: string | null;
  status: number;
  cancelTimer: () => void;
}

export interface UdpTransactionsHooks {
  transmit(text: string): void;
  deliver(text: string): void;
}

interface Identity {
  readonly status: number;
  readonly branch: string;
  readonly sentBy: string;
  readonly method: string;
}

/** The first Via of the message; further values in its line belong to other hops. */
const TOP_VIA = /^(?:via|v)[ \t]*:([^\r\n,]*)/im;
const SENT_BY = /^[ \t]*SIP[ \t]*\/[ \t]*2\.0[ \t]*\/[ \t]*[A-Za-z-]+[ \t]+([^;\s]+)/i;
const BRANCH = /;[ \t]*branch[ \t]*=[ \t]*([^;\s]+)/i;
const CSEQ = /^cseq[ \t]*:[ \t]*\d+[ \t]+(\S+)/im;
const nothing = (): void => undefined;

function identify(text: string): Identity | null {
  const via = TOP_VIA.exec(text)?.[1] ?? '';
  const sentBy = SENT_BY.exec(via)?.[1];
  const branch = BRANCH.exec(via)?.[1];
  const method = CSEQ.exec(text)?.[1];
  if (sentBy === undefined || branch === undefined || method === undefined) return null;
  const status = /^SIP\/2\.0 (\d{3})/.exec(text)?.[1];
  return { status: Number(status ?? 0), branch, sentBy, method };
}

export class UdpTransactions {
  private readonly clock: Clock;
  private readonly hooks: UdpTransactionsHooks;
  private readonly clients = new Map<string, ClientTransaction>();
  private readonly servers = new Map<string, ServerTransaction>();
  private readonly acks = new Map<string, { readonly text: string; readonly startedAtMs: number }>();

  constructor(clock: Clock, hooks: UdpTransactionsHooks) {
    this.clock = clock;
    this.hooks = hooks;
  }

  /** Sends what JsSIP sends, and again where the far side does not react. */
  send(text: string): void {
    const identity = identify(text);
    if (identity) {
      if (identity.status > 0) this.remember(identity, text);
      else if (identity.method === 'ACK') {
        this.forgetOld(this.acks);
        this.acks.set(identity.branch, { text, startedAtMs: this.clock.now() });
      } else this.startClient(identity, text);
    }
    this.hooks.transmit(text);
  }

  /** Takes what arrived; delivers it unless it is a repetition. */
  receive(text: string): void {
    const identity = identify(text);
    if (!identity) this.hooks.deliver(text);
    else if (identity.status > 0) this.receiveResponse(identity, text);
    else this.receiveRequest(identity, text);
  }

  /** The connection is gone; nothing is sent any more. */
  close(): void {
    for (const transaction of [...this.clients.values(), ...this.servers.values()]) transaction.cancelTimer();
    this.clients.clear();
    this.servers.clear();
    this.acks.clear();
  }

  private startClient(identity: Identity, text: string): void {
    const key = clientKey(identity);
    this.clients.get(key)?.cancelTimer();
    const transaction: ClientTransaction = { startedAtMs: this.clock.now(), delayMs: T1_MS, proceeding: false, cancelTimer: nothing };
    const again = (): void => {
      if (this.clock.now() - transaction.startedAtMs >= LIFETIME_MS) {
        this.clients.delete(key);
        return;
      }
      this.hooks.transmit(text);
      // Timer A doubles without end (§17.1.1.2); timer E stops at T2, and is T2 at once after a 1xx (§17.1.2.2).
      if (identity.method === 'INVITE') transaction.delayMs *= 2;
      else transaction.delayMs = transaction.proceeding ? T2_MS : Math.min(transaction.delayMs * 2, T2_MS);
      transaction.cancelTimer = this.clock.after(transaction.delayMs, again);
    };
    transaction.cancelTimer = this.clock.after(transaction.delayMs, again);
    this.clients.set(key, transaction);
  }

  private receiveResponse(identity: Identity, text: string): void {
    const transaction = this.clients.get(clientKey(identity));
    if (transaction) {
      if (identity.status < 200 && identity.method !== 'INVITE') transaction.proceeding = true;
      else {
        // §17.1.1.2: any response stops timer A; §17.1.2.2: a final one stops timer E.
        transaction.cancelTimer();
        this.clients.delete(clientKey(identity));
      }
    } else if (identity.method === 'INVITE' && identity.status >= 300) {
      const ack = this.acks.get(identity.branch);
      if (ack) {
        // Timer D: our ACK was lost, JsSIP has forgotten the transaction.
        this.hooks.transmit(ack.text);
        return;
      }
    }
    this.hooks.deliver(text);
  }

  private receiveRequest(identity: Identity, text: string): void {
    if (identity.method === 'ACK') {
      const invite = this.servers.get(serverKey({ ...identity, method: 'INVITE' }));
      if (invite) {
        invite.cancelTimer();
        invite.cancelTimer = nothing;
      }
      this.hooks.deliver(text);
      return;
    }
    const key = serverKey(identity);
    const known = this.servers.get(key);
    if (known) {
      // A 2xx of an INVITE is repeated by JsSIP until it is acknowledged (RFC 6026 §7.1).
      const isRepeatedByCore = identity.method === 'INVITE' && known.status >= 200 && known.status < 300;
      if (known.response !== null && !isRepeatedByCore) this.hooks.transmit(known.response);
      return;
    }
    this.forgetOld(this.servers);
    this.servers.set(key, { startedAtMs: this.clock.now(), response: null, status: 0, cancelTimer: nothing });
    this.hooks.deliver(text);
  }

  private remember(identity: Identity, text: string): void {
    const transaction = this.servers.get(serverKey(identity));
    if (!transaction) return;
    transaction.response = text;
    transaction.status = identity.status;
    transaction.cancelTimer();
    transaction.cancelTimer = nothing;
    if (identity.method !== 'INVITE' || identity.status < 300) return;
    // Timers G and H (§17.2.1).
    const startedAtMs = this.clock.now();
    let delayMs = T1_MS;
    const again = (): void => {
      if (this.clock.now() - startedAtMs >= LIFETIME_MS) return;
      this.hooks.transmit(text);
      delayMs = Math.min(delayMs * 2, T2_MS);
      transaction.cancelTimer = this.clock.after(delayMs, again);
    };
    transaction.cancelTimer = this.clock.after(delayMs, again);
  }

  /** Maps keep the order of insertion, so the oldest stand first. */
  private forgetOld(transactions: Map<string, { readonly startedAtMs: number; readonly cancelTimer?: () => void }>): void {
    const oldest = this.clock.now() - LIFETIME_MS;
    for (const [key, transaction] of transactions) {
      if (transaction.startedAtMs >= oldest && transactions.size < MOST_REMEMBERED) return;
      transaction.cancelTimer?.();
      transactions.delete(key);
    }
  }
}

/** §17.1.3: branch and method of the CSeq. */
function clientKey(identity: Identity): string {
  return `${identity.branch} ${identity.method}`;
}

/** §17.2.3: branch, sent-by and method. */
function serverKey(identity: Identity): string {
  return `${identity.branch} ${identity.sentBy} ${identity.method}`;
}
