/** SIP over WebSocket (RFC 7118): one message a frame, subprotocol `sip`, keepalive by ping and pong frames. */
import WebSocket from 'ws';
import type { Failure } from '../../../common/model/failure.ts';
import { failureOfError } from '../failure-mapping.ts';
import { ConnectionLife, MOST_UNSENT_BYTES, NO_PONG, STUCK } from './connection-life.ts';
import { openStream } from './open-stream.ts';
import { hostPort, type Endpoint, type SipSocket, type SocketContext, type SocketEvents } from './sip-socket.ts';

/** The largest message on a WebSocket; more closes it. */
const WEB_SOCKET_MESSAGE_LIMIT = 1024 * 1024;

export function openWebSocket(endpoint: Endpoint, context: SocketContext, events: SocketEvents): SipSocket {
  const { clock, logger, times } = context;
  const isSecure = endpoint.transport === 'wss';
  const defaultPort = isSecure ? 443 : 80;
  let webSocket: WebSocket | null = null;
  let lastError: Error | null = null;

  const life = new ConnectionLife(
    clock,
    () => {
      cancelOpening();
      webSocket?.terminate();
    },
    (failure) => {
      events.closed(failure);
    },
  );

  const cancelOpening = openStream(endpoint, isSecure, context, {
    opened(stream) {
      stream.removeAllListeners('close');
      const authority = endpoint.port === defaultPort ? endpoint.host : hostPort(endpoint.host.replace(/^\[|\]$/g, ''), endpoint.port);
      // The connection is there already, its certificate looked at; the URL only makes the request.
      let made: WebSocket;
      try {
        made = new WebSocket(`ws://${authority}${endpoint.webSocketPath}`, 'sip', {
          createConnection: () => stream,
          perMessageDeflate: false,
          maxPayload: WEB_SOCKET_MESSAGE_LIMIT,
          skipUTF8Validation: false,
        });
      } catch (error) {
        stream.destroy();
        // Host, port and path make no URL: nothing that trying again would change.
        life.end({ code: 'settings-unusable', detail: error instanceof Error ? error.message.slice(0, 200) : 'no URL' });
        return;
      }
      webSocket = made;
      life.after(times.connectMs, () => {
        life.end({ code: 'connection-timeout', detail: 'no answer to the WebSocket handshake' });
      });
      made.on('open', () => {
        schedulePing();
        events.opened(null, stream.localAddress);
      });
      made.on('message', (message: Buffer) => {
        schedulePing();
        if (!life.isOver) take(message.toString('utf8'));
      });
      made.on('pong', schedulePing);
      made.on('ping', schedulePing);
      made.on('error', (error) => (lastError = error));
      made.on('unexpected-response', (request, response) => {
        request.destroy();
        life.end({ code: 'protocol-error', detail: `the server answered HTTP ${String(response.statusCode)} to the WebSocket handshake` });
      });
      made.on('close', (code, reason) => {
        if (life.isOver) return;
        if (lastError !== null) logger.warn('a WebSocket broke', { reason: lastError.message });
        life.end(failureOfClose(code, reason.toString(), lastError));
      });
    },
    failed: (failure) => {
      life.end(failure);
    },
  });

  function schedulePing(): void {
    life.after(times.pingMs, () => {
      if (webSocket?.readyState === WebSocket.OPEN) webSocket.ping();
      // RFC 6455 §5.5.3: a pong is owed.
      life.after(times.pongWithinMs, () => {
        life.end(NO_PONG);
      });
    });
  }

  function take(text: string): void {
    // RFC 7118 §6: some servers keep alive by CRLF even here.
    if (text === '\r\n\r\n') webSocket?.send('\r\n');
    else if (text.trim() !== '') events.received(text);
  }

  return {
    send(text) {
      if (life.isOver || webSocket?.readyState !== WebSocket.OPEN) return false;
      if (webSocket.bufferedAmount > MOST_UNSENT_BYTES) {
        life.end(STUCK);
        return false;
      }
      webSocket.send(text);
      return true;
    },
    close() {
      life.close(() => {
        cancelOpening();
        webSocket?.close(1000);
      });
    },
  };
}

function failureOfClose(code: number, reason: string, error: Error | null): Failure {
  // RFC 6455 §7.4.1: 1002, 1003, 1007 and 1009 name what came as the fault.
  const isTooLarge = code === 1009 || (error instanceof RangeError && /max payload/i.test(error.message));
  if (isTooLarge) return { code: 'protocol-error', detail: 'a message beyond the limit' };
  if (code === 1002 || code === 1003 || code === 1007) return { code: 'protocol-error', detail: reason || `WebSocket close code ${code}` };
  if (error !== null) return failureOfError(error);
  return { code: 'connection-lost', detail: `closed by the far side (${code}${reason === '' ? '' : ` ${reason.slice(0, 100)}`})` };
}
