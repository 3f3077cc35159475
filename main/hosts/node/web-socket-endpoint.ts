/** The contract over WebSocket: JSON text frames, one RPC message each. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { ClientKind } from '../../../common/contract/grants.ts';
import type { Transport } from '../../../common/transport/transport.ts';
import type { Logger } from '../../ports/logger.ts';
import { SIGN_IN_NEEDED } from '../../../common/transport/page-handshake.ts';
import type { ReportDefect } from '../../system/defects.ts';
import type { NodePageSessions } from './node-page-sessions.ts';
import { answerHandshake } from './answer-handshake.ts';

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
  /** Takes the upgrade of a program that showed its token. */
  readonly upgradeProgram: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Takes the upgrade of a page of our own origin; it gets the contract when it proved its session. */
  readonly upgradePage: (request: IncomingMessage, socket: Duplex, head: Buffer, kind: 'main' | 'call') => void;
  readonly mainWindows: () => number;
}

export function createContractEndpoint(
  connect: (transport: Transport, kind: ClientKind) => void,
  sessions: NodePageSessions,
  logger: Logger,
  report: ReportDefect,
): ContractEndpoint {
  const server = new WebSocketServer({ noServer: true, maxPayload: LARGEST_FRAME_BYTES, perMessageDeflate: false });
  const sessionOf = new Map<WebSocket, string>();
  let mainWindows = 0;
  sessions.onEnd((id) => {
    for (const [socket, session] of sessionOf) if (session === id) socket.close(SIGN_IN_NEEDED, 'signed out');
  });

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, opened: (webSocket: WebSocket) => void): void {
    if (server.clients.size >= MOST_CLIENTS) {
      logger.warn('too many clients of the contract; one was refused');
      socket.end('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\ncontent-length: 0\r\n\r\n', () => socket.destroy());
      return;
    }
    server.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', (error) => {
        logger.debug('a contract connection failed', { error: error.message });
      });
      opened(webSocket);
    });
  }

  return {
    upgradeProgram(request, socket, head) {
      upgrade(request, socket, head, (webSocket) => {
        connect(toTransport(webSocket, logger, report), 'program');
      });
    },
    upgradePage(request, socket, head, kind) {
      upgrade(request, socket, head, (webSocket) => {
        answerHandshake(webSocket, request.headers.host ?? '', sessions, (session) => {
          sessionOf.set(webSocket, session);
          if (kind === 'main') mainWindows += 1;
          webSocket.once('close', () => {
            sessionOf.delete(webSocket);
            if (kind === 'main') mainWindows -= 1;
          });
          connect(toTransport(webSocket, logger, report), kind);
        });
      });
    },
    mainWindows: () => mainWindows,
  };
}
