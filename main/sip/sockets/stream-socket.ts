/** SIP over TCP and TLS (RFC 3261 §18): framing by length, keepalive by CRLF (RFC 5626 §4.4.1). */
import type net from 'node:net';
import type { Failure } from '../../../common/model/failure.ts';
import { failureOfError } from '../failure-mapping.ts';
import { StreamFraming } from './framing.ts';
import { openStream } from './open-stream.ts';
import { hostPort, type Endpoint, type SipSocket, type SocketContext, type SocketEvents } from './sip-socket.ts';

/** What may wait unsent before the far side counts as stuck. */
const MOST_UNSENT_BYTES = 4 * 1024 * 1024;

export function openStreamSocket(endpoint: Endpoint, context: SocketContext, events: SocketEvents): SipSocket {
  const { clock, logger, times } = context;
  const framing = new StreamFraming();
  let socket: net.Socket | null = null;
  let isOver = false;
  let lastError: unknown = null;
  let hasPonged = false;
  let cancelTimer = (): void => undefined;

  const cancelOpening = openStream(endpoint, endpoint.transport === 'tls', context, {
    opened(opened) {
      socket = opened;
      opened.setKeepAlive(true, 15_000);
      opened.removeAllListeners('close');
      opened.on('data', take);
      opened.on('error', (error) => (lastError = error));
      opened.on('close', () => {
        end(lastError === null ? { code: 'connection-lost', detail: 'closed by the far side' } : failureOfError(lastError));
      });
      schedulePing();
      events.opened(hostPort(opened.localAddress ?? '127.0.0.1', opened.localPort ?? 0));
    },
    failed: end,
  });

  function end(failure: Failure): void {
    if (isOver) return;
    stop();
    events.closed(failure);
  }

  function stop(): void {
    isOver = true;
    cancelTimer();
    cancelOpening();
    socket?.destroy();
  }

  function schedulePing(): void {
    cancelTimer();
    cancelTimer = clock.after(times.pingMs, () => {
      socket?.write('\r\n\r\n');
      cancelTimer = clock.after(times.pongWithinMs, () => {
        // RFC 5626 §4.4.1: dead without a pong, for a far side that is known to send them.
        if (hasPonged) end({ code: 'connection-lost', detail: 'no answer to keepalive' });
        else schedulePing();
      });
    });
  }

  function take(chunk: Buffer): void {
    schedulePing();
    for (const frame of framing.push(chunk)) {
      if (isOver) return;
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
          end({ code: 'protocol-error', detail: frame.reason });
          return;
      }
    }
  }

  return {
    send(text) {
      if (isOver || !socket?.writable) return false;
      if (socket.writableLength > MOST_UNSENT_BYTES) {
        end({ code: 'connection-lost', detail: 'the far side takes nothing any more' });
        return false;
      }
      socket.write(text);
      return true;
    },
    close() {
      if (isOver) return;
      isOver = true;
      cancelTimer();
      cancelOpening();
      const closing = socket;
      closing?.removeAllListeners('close');
      closing?.removeAllListeners('data');
      closing?.end();
      // What was written last (a BYE, an un-REGISTER) still goes out; then it is over in any case.
      clock.after(1_000, () => closing?.destroy());
    },
  };
}
