/**
 * A NOTIFY may overtake the 2xx of its SUBSCRIBE (RFC 6665 §4.1.2.4). JsSIP makes the dialog from the 2xx alone and
 * would answer 481, so such a NOTIFY waits here until the final response has passed.
 */
import type { Clock } from '../../ports/clock.ts';
import { cseqOf, headerOf, methodOf, parseSip, statusOf, tagOf, type SipMessage } from './headers.ts';

/** How long a NOTIFY waits; the notifier repeats it or gives up after 32 seconds. */
const LONGEST_WAIT_MS = 8_000;
const MOST_WAITING = 16;
const MOST_PENDING = 4096;

interface Pending {
  readonly waiting: string[];
  cancelTimer: (() => void) | null;
}

export class EarlyNotify {
  private readonly pending = new Map<string, Pending>();
  private readonly clock: Clock;
  private readonly deliver: (text: string) => void;

  /** `deliver` takes a NOTIFY that has waited. */
  constructor(clock: Clock, deliver: (text: string) => void) {
    this.clock = clock;
    this.deliver = deliver;
  }

  /** Sees every request that leaves. */
  sent(text: string): void {
    if (!text.startsWith('SUBSCRIBE ')) return;
    const message = parseSip(text);
    if (!message || tagOf(headerOf(message, 'to')) !== null) return;
    const key = this.keyOf(message, 'from');
    if (this.pending.has(key)) return;
    const [oldest] = this.pending.keys();
    if (oldest !== undefined && this.pending.size >= MOST_PENDING) this.release(oldest);
    this.pending.set(key, { waiting: [], cancelTimer: null });
  }

  /** True where the message was kept: it is a NOTIFY whose SUBSCRIBE has no final response yet. */
  keeps(message: SipMessage, text: string): boolean {
    if (methodOf(message) !== 'NOTIFY') return false;
    const key = this.keyOf(message, 'to');
    const pending = this.pending.get(key);
    if (!pending || pending.waiting.length >= MOST_WAITING) return false;
    pending.waiting.push(text);
    pending.cancelTimer ??= this.clock.after(LONGEST_WAIT_MS, () => {
      this.release(key);
    });
    return true;
  }

  /** Sees every response after it was delivered; lets go what waited for it. */
  delivered(message: SipMessage): void {
    const status = statusOf(message);
    // A challenge is answered by a second SUBSCRIBE of the same Call-ID and tag, so the wait goes on.
    if (status === null || status < 200 || status === 401 || status === 407 || cseqOf(message)?.method !== 'SUBSCRIBE') return;
    this.release(this.keyOf(message, 'from'));
  }

  /** The connection is gone. */
  clear(): void {
    for (const pending of this.pending.values()) pending.cancelTimer?.();
    this.pending.clear();
  }

  private release(key: string): void {
    const pending = this.pending.get(key);
    if (!pending) return;
    this.pending.delete(key);
    pending.cancelTimer?.();
    for (const text of pending.waiting) this.deliver(text);
  }

  private keyOf(message: SipMessage, ours: 'from' | 'to'): string {
    return `${headerOf(message, 'call-id') ?? ''} ${tagOf(headerOf(message, ours)) ?? ''}`;
  }
}
