/**
 * The carrier of the Node host: JSON text frames over a WebSocket to the page's own origin, `/contract?kind=…`.
 * The login is the page's cookie. One transport is one socket; reconnecting is HostConnection's.
 */
import type { Transport } from '../../common/transport/transport.ts';
import type { Carrier } from './carrier.ts';

const OPEN_TIMEOUT_MS = 10_000;

export function contractUrl(page: { readonly protocol: string; readonly host: string }, kind: string): string {
  const scheme = page.protocol === 'https:' ? 'wss:' : 'ws:';
  return `${scheme}//${page.host}/contract?kind=${encodeURIComponent(kind)}`;
}

export function webSocketCarrier(url: string): Carrier {
  return { open: () => openSocket(url), reconnects: true };
}

function openSocket(url: string): Promise<Transport> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    const timer = setTimeout(() => {
      socket.close();
    }, OPEN_TIMEOUT_MS);
    socket.addEventListener('open', () => {
      clearTimeout(timer);
      resolve(socketTransport(socket));
    });
    socket.addEventListener('close', () => {
      clearTimeout(timer);
      reject(new Error('the host does not answer'));
    });
  });
}

function socketTransport(socket: WebSocket): Transport {
  let receive: ((message: unknown) => void) | null = null;
  let waiting: unknown[] = [];
  const closeListeners = new Set<() => void>();
  socket.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (typeof event.data !== 'string') return;
    let message: unknown;
    try {
      message = JSON.parse(event.data);
    } catch {
      socket.close(1002);
      return;
    }
    if (receive) receive(message);
    else waiting.push(message);
  });
  socket.addEventListener('close', () => {
    for (const listener of closeListeners) listener();
    closeListeners.clear();
  });
  return {
    send(message) {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
    onMessage(listener) {
      receive = listener;
      for (const message of waiting) listener(message);
      waiting = [];
    },
    onClose(listener) {
      if (socket.readyState === WebSocket.CLOSED) listener();
      else closeListeners.add(listener);
    },
    close() {
      socket.close(1000);
    },
  };
}
