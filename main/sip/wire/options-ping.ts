/**
 * Whether anybody is there on a transport without connections: an OPTIONS to the registrar's domain now and then (RFC
 * 3261 §11). Any answer counts, and so does anything else that arrives. A server that never answered one may simply
 * ignore them; it is not considered dead for that.
 */
import { randomBytes } from 'node:crypto';
import type { Clock } from '../../ports/clock.ts';

export interface OptionsPingTimes {
  /** While it matters that the server is there, and else. */
  readonly intervalMs: number;
  readonly idleIntervalMs: number;
  readonly answerWithinMs: number;
}

export interface OptionsPingHooks {
  transmit(text: string): void;
  /** Whether somebody waits for the server now, or talks by it. */
  matters(): boolean;
  /** Nothing came in time. */
  dead(): void;
}

/** Transmissions of one ping: where a fifth of all datagrams is lost each way, two pings in a thousand go unanswered. */
const TRANSMISSIONS = 6;

export class OptionsPing {
  private readonly clock: Clock;
  private readonly times: OptionsPingTimes;
  private readonly hooks: OptionsPingHooks;
  private readonly domain: string;
  private readonly localAddress: string;
  private cancelTimer: () => void = () => undefined;
  /** The next ping is as far away as it is while nothing matters. */
  private isIdle = false;
  /** Whether one of our pings was ever answered; carried over to the next connection. */
  hasBeenAnswered: boolean;

  constructor(
    clock: Clock,
    times: OptionsPingTimes,
    domain: string,
    localAddress: string,
    hasBeenAnswered: boolean,
    hooks: OptionsPingHooks,
  ) {
    this.clock = clock;
    this.times = times;
    this.domain = domain;
    this.localAddress = localAddress;
    this.hasBeenAnswered = hasBeenAnswered;
    this.hooks = hooks;
  }

  start(): void {
    this.cancelTimer();
    this.isIdle = !this.hooks.matters();
    this.cancelTimer = this.clock.after(this.isIdle ? this.times.idleIntervalMs : this.times.intervalMs, () => {
      this.isIdle = false;
      this.ask();
    });
  }

  /** Something began for which the server is needed: the next ping is not far away any more. */
  attend(): void {
    if (this.isIdle && this.hooks.matters()) this.start();
  }

  stop(): void {
    this.cancelTimer();
    this.cancelTimer = () => undefined;
    this.isIdle = false;
  }

  /** True where the text is the answer to a ping; it goes no further. */
  takes(text: string): boolean {
    this.start();
    if (!text.startsWith('SIP/2.0 ') || !text.slice(0, 2_000).includes(';branch=z9hG4bKping')) return false;
    this.hasBeenAnswered = true;
    return true;
  }

  private ask(): void {
    const branch = `z9hG4bKping${randomBytes(8).toString('hex')}`;
    const identity = randomBytes(8).toString('hex');
    const text = [
      `OPTIONS sip:${this.domain} SIP/2.0`,
      `Via: SIP/2.0/UDP ${this.localAddress};rport;branch=${branch}`,
      'Max-Forwards: 70',
      `To: <sip:${this.domain}>`,
      `From: <sip:ping@${this.domain}>;tag=${identity}`,
      `Call-ID: ping-${identity}`,
      'CSeq: 1 OPTIONS',
      'Content-Length: 0',
      '',
      '',
    ].join('\r\n');
    this.send(text, 0);
  }

  private send(text: string, sent: number): void {
    this.hooks.transmit(text);
    this.cancelTimer = this.clock.after(this.times.answerWithinMs / TRANSMISSIONS, () => {
      if (sent + 1 < TRANSMISSIONS) this.send(text, sent + 1);
      else if (this.hasBeenAnswered) this.hooks.dead();
      else this.start();
    });
  }
}
