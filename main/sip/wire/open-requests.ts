/**
 * Our requests that wait for an answer. An answer that cannot be read would be dropped (RFC 3261 §18.1.2), and the
 * request would wait for half a minute; instead it fails at once (§8.1.3.1: as with a 500).
 */
import type { Clock } from '../../ports/clock.ts';
import { headerOf, headersOf, methodOf, parameterOf, parseSip, statusOf, type SipMessage } from './headers.ts';
import { responseTo } from './response.ts';

/** What failure mapping knows it by. */
export const UNREADABLE_ANSWER = 'Unreadable Answer';
const MOST = 500;

/** RFC 3261 §17.1.2.2, timer F: nobody waits longer for an answer. */
const LONGEST_WAIT_MS = 32_000;

export class OpenRequests {
  private readonly clock: Clock;
  private readonly heads = new Map<string, string>();
  private lastSentAtMs = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Whether somebody still waits for an answer. */
  isAnyWaiting(): boolean {
    return this.heads.size > 0 && this.clock.now() - this.lastSentAtMs < LONGEST_WAIT_MS;
  }

  /** Sees every message that leaves. */
  sent(text: string): void {
    if (text.startsWith('SIP/2.0 ') || text.startsWith('ACK ')) return;
    const head = text.slice(0, text.indexOf('\r\n\r\n') + 4);
    const branch = /^via:[^\r\n,]*?;branch=([^;,\s]+)/im.exec(head)?.[1];
    if (branch === undefined) return;
    const [oldest] = this.heads.keys();
    if (oldest !== undefined && this.heads.size >= MOST) this.heads.delete(oldest);
    this.heads.set(branch, head);
    this.lastSentAtMs = this.clock.now();
  }

  /** Sees every response that could be read. */
  answered(response: SipMessage): void {
    const status = statusOf(response);
    if (status !== null && status >= 200) this.heads.delete(branchOf(response) ?? '');
  }

  /** The answer to put in place of one that cannot be read; null where nobody waits for it. */
  failing(response: SipMessage): string | null {
    const branch = branchOf(response);
    const head = this.heads.get(branch ?? '') ?? (branch === null ? this.byCallId(headerOf(response, 'call-id')) : undefined);
    const request = head === undefined ? null : parseSip(head);
    if (!request || methodOf(request) === null) return null;
    this.heads.delete(branchOf(request) ?? '');
    return responseTo(request, 500)?.replace(/^(SIP\/2\.0 500) [^\r\n]*/, `$1 ${UNREADABLE_ANSWER}`) ?? null;
  }

  /** The connection is gone. */
  clear(): void {
    this.heads.clear();
  }

  private byCallId(callId: string | null): string | undefined {
    return callId === null ? undefined : [...this.heads.values()].find((head) => head.includes(`Call-ID: ${callId}\r\n`));
  }
}

function branchOf(message: SipMessage): string | null {
  return parameterOf(headersOf(message, 'via')[0] ?? '', 'branch');
}
