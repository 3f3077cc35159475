/** SIP over UDP: one message in each datagram, to and from the one server. */
import dgram from 'node:dgram';
import { lookup } from 'node:dns';
import { isIP } from 'node:net';
import { failureOfError } from '../failure-mapping.ts';
import { ConnectionLife } from './connection-life.ts';
import { bareHost, hostPort, type Endpoint, type SipSocket, type SocketContext, type SocketEvents } from './sip-socket.ts';

export function openDatagramSocket(endpoint: Endpoint, context: SocketContext, events: SocketEvents): SipSocket {
  let socket: dgram.Socket | null = null;
  let isOpen = false;
  const life = new ConnectionLife(context.clock, destroy, (failure) => {
    events.closed(failure);
  });
  life.after(context.times.connectMs, () => {
    life.end({ code: 'connection-timeout', detail: 'the name was not resolved in time' });
  });

  function destroy(): void {
    isOpen = false;
    try {
      socket?.close();
    } catch {
      // Not bound yet, or closed already.
    }
  }

  function open(address: string): void {
    if (life.isOver) return;
    const made = dgram.createSocket({ type: isIP(address) === 6 ? 'udp6' : 'udp4' });
    socket = made;
    made.on('message', (datagram) => {
      if (life.isOver) return;
      // RFC 5626 §4.4.1 has no CRLF over UDP, yet servers send it to keep NATs open; a zero byte likewise.
      if (datagram.length <= 4) return;
      events.received(datagram.toString('utf8'));
    });
    made.on('error', (error) => {
      life.end(failureOfError(error));
    });
    // A connected socket takes datagrams of the server alone, reports ICMP refusals, and is bound by the
    // system to the local address that leads there: what belongs into Via and Contact.
    made.connect(endpoint.port, address, (error?: Error) => {
      if (life.isOver) return;
      if (error) {
        life.end(failureOfError(error));
        return;
      }
      life.rest();
      isOpen = true;
      const local = made.address();
      events.opened(hostPort(local.address, local.port));
    });
  }

  const host = bareHost(endpoint.host);
  if (isIP(host)) queueMicrotask(() => open(host));
  else
    lookup(host, (error, address) => {
      if (error) life.end(failureOfError(error));
      else open(address);
    });

  return {
    send(text) {
      if (!isOpen || !socket) return false;
      socket.send(text, (error) => {
        if (error) life.end(failureOfError(error));
      });
      return true;
    },
    close() {
      life.close(() => {
        isOpen = false;
        // What was sent last leaves before the socket closes: the system has it once `send` called back.
        setImmediate(destroy);
      });
    },
  };
}
