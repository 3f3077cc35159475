/** The contract over WebSocket: JSON text frames, one RPC message each. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { ClientKind } from '../../../common/contract/grants.ts';
import type { Transport } from '../../../common/transport/transport.ts';
import type { Logger } from '../../ports/logger.ts';
import type { ReportDefect } from '../../system/defects.ts';

const LARGEST_FRAME_BYTES = 1024 * 1024;
/** A client that does not read is cut off before it fills our memory. */
const MOST_BUFFERED_BYTES = 32 * 1024 * 1024;
const PING_MS = 20_000;
/** Windows, calls and programs at once. */
const MOST_CLIENTS = 64;

function toTransport(socket: WebSocket, logger: Logger, report: ReportDefect): Transport {
  let onMessage: (message: unknown) => void = () => undefined;
  let onClose: () => void = () => undefined;
  let alive = true;
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    alive = true;
    let message: unknown;
    try {
      if (isBinary) throw new Error('binary frame');
      message = JSON.parse(data.toString('utf8'));
      if (message === null || typeof message !== 'object') throw new Error('no object');
    } catch {
      socket.close(1007, 'JSON objects only');
      return;
    }
    try {
      onMessage(message);
    } catch (error) {
      report('a frame of the contract', error);
      socket.close(1011, 'Ahoy made a mistake');
    }
  });
  const ping = setInterval(() => {
    if (!alive) {
      socket.terminate();
      return;
    }
    alive = false;
    socket.ping();
  }, PING_MS);
  ping.unref();
  socket.on('pong', () => {
    alive = true;
  });
  socket.on('error', (error) => {
    logger.debug('a contract connection failed', { error: error.message });
  });
  socket.on('close', () => {
    clearInterval(ping);
    try {
      onClose();
    } catch (error) {
      report('the end of a contract connection', error);
    }
  });
  return {
    send(message) {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > MOST_BUFFERED_BYTES) {
        logger.warn('a client does not read; its connection is closed');
        socket.terminate();
        return;
      }
      socket.send(JSON.stringify(message));
    },
    onMessage(listener) {
      onMessage = listener;
    },
    onClose(listener) {
      onClose = listener;
    },
    close() {
      socket.close(1001);
      setTimeout(() => {
        socket.terminate();
      }, 500).unref();
    },
  };
}

export interface ContractEndpoint {
  /** Takes an upgrade that was found permitted. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer, kind: ClientKind) => void;
  readonly mainWindows: () => number;
}

export function createContractEndpoint(
  connect: (transport: Transport, kind: ClientKind) => void,
  logger: Logger,
  report: ReportDefect,
): ContractEndpoint {
  const server = new WebSocketServer({ noServer: true, maxPayload: LARGEST_FRAME_BYTES, perMessageDeflate: false, clientTracking: true });
  let mainWindows = 0;
  return {
    upgrade(request, socket, head, kind) {
      if (server.clients.size >= MOST_CLIENTS) {
        logger.warn('too many clients of the contract; one was refused');
        socket.end('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\ncontent-length: 0\r\n\r\n', () => socket.destroy());
        return;
      }
      server.handleUpgrade(request, socket, head, (webSocket) => {
        if (kind === 'main') {
          mainWindows += 1;
          webSocket.once('close', () => {
            mainWindows -= 1;
          });
        }
        connect(toTransport(webSocket, logger, report), kind);
      });
    },
    mainWindows: () => mainWindows,
  };
}
