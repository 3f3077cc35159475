/**
 * The carrier of the Node host: JSON text frames over a WebSocket to the page's own origin, `/contract?kind=…`.
 * Page and host prove themselves first (shake-hands.ts). One transport is one socket; reconnecting is HostConnection's.
 */
import { SIGN_IN_NEEDED } from '../../common/transport/page-handshake.ts';
import type { Transport } from '../../common/transport/transport.ts';
import type { Carrier } from './carrier.ts';
import { keepSession, presentSession } from './kept-session.ts';
import { shakeHands } from './shake-hands.ts';

const OPEN_TIMEOUT_MS = 10_000;

export function contractUrl(page: { readonly protocol: string; readonly host: string }, kind: string): string {
  const scheme = page.protocol === 'https:' ? 'wss:' : 'ws:';
  return `${scheme}//${page.host}/contract?kind=${encodeURIComponent(kind)}`;
}

export function webSocketCarrier(url: string, authority: string): Carrier {
  return { open: () => openSocket(url, authority), reconnects: true };
}

/** This browser is not signed in (any more). */
export class SignInNeeded extends Error {
  override name = 'SignInNeeded';
}

async function openSocket(url: string, authority: string): Promise<Transport> {
  const session = presentSession();
  if (session === null) throw new SignInNeeded();
  const socket = new WebSocket(url);
  const messages = new MessageQueue(socket);
  const timer = setTimeout(() => {
    socket.close();
  }, OPEN_TIMEOUT_MS);
  try {
    await messages.opened;
    const send = (message: unknown): void => {
      socket.send(JSON.stringify(message));
    };
    const renewed = await shakeHands(session, authority, send, () => messages.next());
    if (renewed !== null) keepSession(renewed);
    return socketTransport(socket, messages);
  } catch (error) {
    socket.close();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** A socket's messages one by one, and what waits when the contract takes over. */
class MessageQueue {
  readonly opened: Promise<void>;
  #waiting: unknown[] = [];
  #listener: ((message: unknown) => void) | null = null;
  #fail: (error: Error) => void = () => undefined;

  constructor(socket: WebSocket) {
    let isOpened = false;
    this.opened = new Promise((resolve, reject) => {
      this.#fail = reject;
      socket.addEventListener('open', () => {
        isOpened = true;
        resolve();
      });
    });
    socket.addEventListener('message', (event: MessageEvent<unknown>) => {
      if (typeof event.data !== 'string') return;
      let message: unknown;
      try {
        message = JSON.parse(event.data);
      } catch {
        socket.close(1002);
        return;
      }
      if (this.#listener) this.#listener(message);
      else this.#waiting.push(message);
    });
    socket.addEventListener('close', ({ code }) => {
      this.#fail(code === SIGN_IN_NEEDED ? new SignInNeeded() : new Error(isOpened ? 'the host closed' : 'the host does not answer'));
    });
  }

  next(): Promise<unknown> {
    if (this.#waiting.length > 0) return Promise.resolve(this.#waiting.shift());
    return new Promise((resolve, reject) => {
      this.#fail = reject;
      this.#listener = (message) => {
        this.#listener = null;
        resolve(message);
      };
    });
  }

  /** From now on every message goes there, those that wait first. */
  listen(listener: (message: unknown) => void): void {
    this.#listener = listener;
    for (const message of this.#waiting.splice(0)) listener(message);
  }
}

function socketTransport(socket: WebSocket, messages: MessageQueue): Transport {
  const closeListeners = new Set<() => void>();
  socket.addEventListener('close', () => {
    for (const listener of closeListeners) listener();
    closeListeners.clear();
  });
  return {
    send(message) {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
    onMessage(listener) {
      messages.listen(listener);
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
