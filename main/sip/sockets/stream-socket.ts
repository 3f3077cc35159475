/** SIP over TCP and TLS (RFC 3261 §18): framing by length, keepalive by CRLF (RFC 5626 §4.4.1). */
import type net from 'node:net';
import { failureOfError } from '../failure-mapping.ts';
import { ConnectionLife, MOST_UNSENT_BYTES, NO_PONG, STUCK } from './connection-life.ts';
import { StreamFraming } from './framing.ts';
import { openStream } from './open-stream.ts';
import { hostPort, type Endpoint, type SipSocket, type SocketContext, type SocketEvents } from './sip-socket.ts';

export function openStreamSocket(endpoint: Endpoint, context: SocketContext, events: SocketEvents): SipSocket {
  const { clock, logger, times } = context;
  const framing = new StreamFraming();
  let socket: net.Socket | null = null;
  let lastError: unknown = null;
  let hasPonged = false;

  const life = new ConnectionLife(
    clock,
    () => {
      cancelOpening();
      socket?.destroy();
    },
    (failure) => {
      events.closed(failure);
    },
  );

  const cancelOpening = openStream(endpoint, endpoint.transport === 'tls', context, {
    opened(opened) {
      socket = opened;
      opened.setKeepAlive(true, 15_000);
      opened.removeAllListeners('close');
      opened.on('data', take);
      opened.on('error', (error) => (lastError = error));
      opened.on('close', () => {
        life.end(lastError === null ? { code: 'connection-lost', detail: 'closed by the far side' } : failureOfError(lastError));
      });
      schedulePing();
      events.opened(hostPort(opened.localAddress ?? '127.0.0.1', opened.localPort ?? 0));
    },
    failed: (failure) => {
      life.end(failure);
    },
  });

  function schedulePing(): void {
    life.after(times.pingMs, () => {
      socket?.write('\r\n\r\n');
      life.after(times.pongWithinMs, () => {
        // RFC 5626 §4.4.1: dead without a pong, for a far side that is known to send them.
        if (hasPonged) life.end(NO_PONG);
        else schedulePing();
      });
    });
  }

  function take(chunk: Buffer): void {
    schedulePing();
    for (const frame of framing.push(chunk)) {
      if (life.isOver) return;
      switch (frame.kind) {
        case 'message':
          events.received(frame.text);
          break;
        case 'ping':
          socket?.write('\r\n');
          break;
        case 'pong':
          hasPonged = true;
          break;
        case 'flaw':
          logger.warn('a SIP stream could not be read any further', { reason: frame.reason });
          life.end({ code: 'protocol-error', detail: frame.reason });
          return;
      }
    }
  }

  return {
    send(text) {
      if (life.isOver || !socket?.writable) return false;
      if (socket.writableLength > MOST_UNSENT_BYTES) {
        life.end(STUCK);
        return false;
      }
      socket.write(text);
      return true;
    },
    close() {
      life.close(() => {
        cancelOpening();
        socket?.removeAllListeners('close');
        socket?.removeAllListeners('data');
        socket?.end();
      });
    },
  };
}
