/** SIP over UDP: one message a datagram, to and from the one server. */
import dgram from 'node:dgram';
import { lookup } from 'node:dns';
import { isIP } from 'node:net';
import type { Failure } from '../../../common/model/failure.ts';
import { failureOfError } from '../failure-mapping.ts';
import { bareHost, hostPort, type Endpoint, type SipSocket, type SocketContext, type SocketEvents } from './sip-socket.ts';

export function openDatagramSocket(endpoint: Endpoint, context: SocketContext, events: SocketEvents): SipSocket {
  let socket: dgram.Socket | null = null;
  let isOpen = false;
  let isOver = false;

  const cancelTimer = context.clock.after(context.times.connectMs, () => {
    end({ code: 'connection-timeout', detail: 'the name was not resolved in time' });
  });

  function end(failure: Failure): void {
    if (isOver) return;
    stop();
    events.closed(failure);
  }

  function stop(): void {
    isOver = true;
    isOpen = false;
    cancelTimer();
    try {
      socket?.close();
    } catch {
      // Not bound yet, or closed by the system already.
    }
  }

  function open(address: string): void {
    if (isOver) return;
    const made = dgram.createSocket({ type: isIP(address) === 6 ? 'udp6' : 'udp4' });
    socket = made;
    made.on('message', (datagram) => {
      if (isOver) return;
      // RFC 5626 §4.4.1 has no CRLF over UDP, yet servers send it to keep NATs open; a zero byte likewise.
      if (datagram.length <= 4) return;
      events.received(datagram.toString('utf8'));
    });
    made.on('error', (error) => {
      end(failureOfError(error));
    });
    // A connected socket takes datagrams of the server alone, is told of ICMP refusals, and is bound by the
    // system to the local address that leads there: what belongs into Via and Contact.
    made.connect(endpoint.port, address, (error?: Error) => {
      if (isOver) return;
      if (error) {
        end(failureOfError(error));
        return;
      }
      cancelTimer();
      isOpen = true;
      const local = made.address();
      events.opened(hostPort(local.address, local.port));
    });
  }

  const host = bareHost(endpoint.host);
  if (isIP(host)) queueMicrotask(() => open(host));
  else
    lookup(host, (error, address) => {
      if (error) end(failureOfError(error));
      else open(address);
    });

  return {
    send(text) {
      if (!isOpen || !socket) return false;
      socket.send(text, (error) => {
        if (error) end(failureOfError(error));
      });
      return true;
    },
    close() {
      if (!isOver) {
        // What was sent last leaves before the socket closes: the system has it once `send` called back.
        isOver = true;
        cancelTimer();
        const closing = socket;
        isOpen = false;
        setImmediate(() => {
          try {
            closing?.close();
          } catch {
            // closed already
          }
        });
      }
    },
  };
}
