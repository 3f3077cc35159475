/** The three ways the contract travels, each from a client to a server of the same test. */
import { EventEmitter } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import WebSocket from 'ws';
import type { ClientKind } from '../../common/contract/grants.ts';
import type { Transport } from '../../common/transport/transport.ts';
import { createContractEndpoint } from '../../main/hosts/node/web-socket-endpoint.ts';
import { openPageSessions } from '../../main/hosts/node/node-page-sessions.ts';
import { systemClock } from '../../main/system/system-clock.ts';
import { memoryPair } from '../../common/transport/memory-pair.ts';
import { createKeptLogger } from '../support/kept-logger.ts';

/** Connects a client of that kind; resolves with its end. */
export type Carrier = (serve: (transport: Transport, kind: ClientKind) => void, kind: ClientKind) => Promise<Transport>;

const memory: Carrier = (serve, kind) => {
  const { near, far } = memoryPair();
  serve(far, kind);
  return Promise.resolve(near);
};

/** The real endpoint of the Node host, and a client socket as a page has it. */
const webSocket: Carrier = async (serve, kind) => {
  const endpoint = createContractEndpoint(
    (transport) => {
      serve(transport, kind);
    },
    openPageSessions('/nowhere', 'secret', systemClock, () => undefined),
    createKeptLogger(),
    (where, error) => {
      throw new Error(where, { cause: error });
    },
  );
  const http = createHttpServer();
  http.on('upgrade', (request, socket, head) => {
    endpoint.upgradeProgram(request, socket, head);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const socket = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}/`);
  onTestFinished(() => {
    socket.terminate();
    http.closeAllConnections();
    http.close();
  });
  await new Promise((resolve) => socket.once('open', resolve));
  return {
    send: (message) => {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
    },
    onMessage: (listener) => {
      socket.on('message', (frame: Buffer) => {
        listener(JSON.parse(frame.toString()));
      });
    },
    onClose: (listener) => socket.once('close', listener),
    close: () => {
      socket.close();
    },
  };
};

/** Structured clones over two emitters, as Electron's IPC passes them; the real IPC end is run by the Electron host's own tests. */
const structuredClones: Carrier = (serve, kind) => {
  const wire = new EventEmitter();
  const end = (from: string, to: string): Transport => ({
    send: (message) => {
      const copy: unknown = structuredClone(message);
      setImmediate(() => wire.emit(to, copy));
    },
    onMessage: (listener) => {
      wire.on(from, listener);
    },
    onClose: (listener) => {
      wire.once('close', listener);
    },
    close: () => {
      wire.emit('close');
    },
  });
  serve(end('to-server', 'to-client'), kind);
  return Promise.resolve(end('to-client', 'to-server'));
};

export const carriers: Readonly<Record<string, Carrier>> = { memory, 'web socket': webSocket, 'structured clones': structuredClones };
