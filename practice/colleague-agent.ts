/** A colleague's user agent inside the exchange: answers MESSAGE, INVITE, BYE and OPTIONS. */
import { randomBytes } from 'node:crypto';
import type { Colleague } from './colleague.ts';
import { openEchoMedia, type EchoMedia } from './echo-media.ts';
import { header, method, parameter, respond, uriOf, type SipMessage } from './sip-message.ts';

export interface ColleagueAgent {
  /** Takes a request; responses and requests of its own go out by `send`. */
  receive(request: SipMessage, send: (message: SipMessage) => void): void;
  /** Whether this Call-ID is a call of this colleague. */
  hasCall(callId: string): boolean;
  close(): Promise<void>;
}

interface EchoCall {
  readonly media: EchoMedia;
  readonly toTag: string;
  answered: SipMessage | null;
}

const RING_MS = 700;
const PLAIN: readonly [string, string][] = [['content-type', 'text/plain;charset=utf-8']];

export function createColleagueAgent(
  colleague: Colleague,
  domain: string,
  address: () => string,
  report: (what: string) => void,
): ColleagueAgent {
  const calls = new Map<string, EchoCall>();
  const timers = new Set<NodeJS.Timeout>();
  const own = `<sip:${colleague.user}@${domain}>`;
  const contact = (): [string, string] => ['contact', `<sip:${colleague.user}@${address()};transport=ws>`];
  const tag = (): string => randomBytes(6).toString('hex');

  function later(afterMs: number, action: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      action();
    }, afterMs);
    timer.unref();
    timers.add(timer);
  }

  function write(to: string, text: string, send: (message: SipMessage) => void): void {
    send({
      startLine: `MESSAGE ${uriOf(to)} SIP/2.0`,
      headers: [
        ['via', `SIP/2.0/WS ${address()};branch=z9hG4bK${tag()}`],
        ['max-forwards', '70'],
        ['from', `"${colleague.name}" ${own};tag=${tag()}`],
        ['to', `<${uriOf(to)}>`],
        ['call-id', `${tag()}${tag()}`],
        ['cseq', '1 MESSAGE'],
        ...PLAIN,
      ],
      body: text,
    });
  }

  function end(callId: string): void {
    const call = calls.get(callId);
    calls.delete(callId);
    void call?.media.close().catch((error: unknown) => {
      report(`closing media: ${String(error)}`);
    });
  }

  function invite(request: SipMessage, send: (message: SipMessage) => void): void {
    const callId = header(request, 'call-id') ?? '';
    const present = calls.get(callId);
    if (colleague.call === 'busy') {
      send(respond(request, 486, 'Busy Here', tag()));
      return;
    }
    const call: EchoCall = present ?? { media: openEchoMedia(), toTag: tag(), answered: null };
    if (!present) {
      calls.set(callId, call);
      send(respond(request, 180, 'Ringing', call.toTag, [contact()]));
    }
    const accept = (): void => {
      if (calls.get(callId) !== call) return;
      call.media
        .answer(request.body)
        .then((answer) => {
          if (calls.get(callId) !== call) return;
          call.answered = respond(request, 200, 'OK', call.toTag, [contact(), ['content-type', 'application/sdp']], answer);
          send(call.answered);
        })
        .catch((error: unknown) => {
          report(`answering: ${String(error)}`);
          send(respond(request, 488, 'Not Acceptable Here', call.toTag));
          if (!present) end(callId);
        });
    };
    if (present) accept();
    else later(RING_MS, accept);
  }

  return {
    hasCall: (callId) => calls.has(callId),
    receive(request, send) {
      const callId = header(request, 'call-id') ?? '';
      switch (method(request)) {
        case 'MESSAGE': {
          send(respond(request, 200, 'OK', tag()));
          const from = header(request, 'from') ?? '';
          for (const reply of colleague.reply(request.body)) {
            later(reply.afterMs, () => {
              write(from, reply.text, send);
            });
          }
          return;
        }
        case 'INVITE':
          invite(request, send);
          return;
        case 'ACK':
          return;
        case 'CANCEL': {
          send(respond(request, 200, 'OK', tag()));
          const call = calls.get(callId);
          if (!call || call.answered !== null) return;
          const invited: SipMessage = {
            ...request,
            headers: request.headers.map(([name, value]) => [name, name === 'cseq' ? value.replace('CANCEL', 'INVITE') : value]),
          };
          send(respond(invited, 487, 'Request Terminated', call.toTag));
          end(callId);
          return;
        }
        case 'BYE':
          if (!calls.has(callId) || parameter(header(request, 'to') ?? '', 'tag') === null) {
            send(respond(request, 481, 'Call Does Not Exist', tag()));
            return;
          }
          send(respond(request, 200, 'OK', ''));
          end(callId);
          return;
        case 'OPTIONS':
        case 'INFO':
        case 'UPDATE':
          send(respond(request, 200, 'OK', tag(), [contact()]));
          return;
        default:
          send(respond(request, 405, 'Method Not Allowed', tag(), [['allow', 'INVITE, ACK, CANCEL, BYE, MESSAGE, OPTIONS, INFO']]));
      }
    },
    async close() {
      for (const timer of timers) clearTimeout(timer);
      await Promise.all([...calls.values()].map((call) => call.media.close().catch(() => undefined)));
      calls.clear();
    },
  };
}
