/** A bad line: each datagram, either way, is lost with a given probability, and always the same ones. */
import { createHash } from 'node:crypto';
import { openSocket, type OpenSocket } from '../../../main/sip/sockets/open-socket.ts';

export interface BadLine {
  readonly openSocket: OpenSocket;
  /** Datagrams that were lost, and that were not. */
  readonly lost: { sent: number; received: number };
  readonly passed: { sent: number; received: number };
}

/**
 * Whether a datagram is lost hangs on what it is and how often it was seen before, not on when it comes: a text, its
 * credentials and its answer have the same fate in each run, whatever else goes over the line.
 */
export function badLine(seed: string, probability: number): BadLine {
  const textOfCall = new Map<string, string>();
  const timesSeen = new Map<string, number>();
  const lost = { sent: 0, received: 0 };
  const passed = { sent: 0, received: 0 };

  function nameOf(datagram: string): string {
    const [head = '', body = ''] = datagram.split('\r\n\r\n', 2);
    const callId = /^Call-ID: *(\S+)/im.exec(head)?.[1] ?? '';
    const method = /^CSeq: *\d+ +(\S+)/im.exec(head)?.[1] ?? '';
    const status = /^SIP\/2\.0 (\d{3})/.exec(head)?.[1];
    if (method !== 'MESSAGE') return `${method} ${status ?? ''}`;
    if (status === undefined) textOfCall.set(callId, body);
    const hasCredentials = /^Proxy-Authorization:/im.test(head);
    return `${textOfCall.get(callId) ?? ''} ${status ?? (hasCredentials ? 'with credentials' : '')}`;
  }

  function loses(way: 'sent' | 'received', datagram: string): boolean {
    const name = `${way} ${nameOf(datagram)}`;
    const times = (timesSeen.get(name) ?? 0) + 1;
    timesSeen.set(name, times);
    const fraction = createHash('sha256').update(`${seed} ${name} ${times}`).digest().readUInt32BE() / 2 ** 32;
    const isLost = fraction < probability;
    (isLost ? lost : passed)[way] += 1;
    return isLost;
  }

  return {
    lost,
    passed,
    openSocket: (endpoint, context, events) => {
      if (endpoint.transport !== 'udp') return openSocket(endpoint, context, events);
      const socket = openSocket(endpoint, context, {
        opened: (localAddress) => events.opened(localAddress),
        received: (text) => {
          if (!loses('received', text)) events.received(text);
        },
        closed: (failure) => events.closed(failure),
      });
      return {
        send: (text) => loses('sent', text) || socket.send(text),
        close: () => socket.close(),
      };
    },
  };
}
