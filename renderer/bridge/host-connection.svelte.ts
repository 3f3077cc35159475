/**
 * The connection to the host: holds the present client and makes a new one when the old one is lost. Whoever mirrors
 * the host gets each new client and starts again with it.
 */
import { contract, type AhoyContract } from '../../common/contract/index.ts';
import { createClient, type Client } from '../../common/transport/client.ts';
import type { Transport } from '../../common/transport/transport.ts';
import type { Carrier } from './carrier.ts';
import { onSessionKept } from './kept-session.ts';
import { ForeignHost } from './shake-hands.ts';
import { SignInNeeded } from './websocket.ts';

export type AhoyClient = Client<AhoyContract>;

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 5_000;

const closedTransport: Transport = {
  send: () => undefined,
  onMessage: () => undefined,
  onClose: (listener) => {
    listener();
  },
  close: () => undefined,
};

export class HostConnection {
  /** Whether the host answers now. */
  online = $state(false);
  /** Whether it ever did: before that, nothing is lost yet. */
  wasOnline = $state(false);
  /** Why no connection can be made, where that is known; it keeps trying, slowly. */
  refusal = $state<'sign-in-needed' | 'foreign-host' | null>(null);
  /** When it stopped answering; null while it answers. */
  lostAtMs = $state<number | null>(null);

  readonly #carrier: Carrier;
  readonly #onMismatch: (what: string) => void;
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on screen depends on it
  readonly #clientListeners = new Set<(client: AhoyClient) => void>();
  #client: AhoyClient;
  #stopped = false;
  #endListening: () => void = () => undefined;
  #delayMs = FIRST_DELAY_MS;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(carrier: Carrier, onMismatch: (what: string) => void = reportMismatch) {
    this.#carrier = carrier;
    this.#onMismatch = onMismatch;
    // Until the first connection, commands are answered `disconnected`, as they are between two connections.
    this.#client = createClient(contract, closedTransport, onMismatch);
  }

  /** Commands of the present client. */
  get ask(): AhoyClient['ask'] {
    return this.#client.ask;
  }

  get client(): AhoyClient {
    return this.#client;
  }

  /** Told of the present client, if connected, and of every later one. Returns what ends it. */
  onClient(listener: (client: AhoyClient) => void): () => void {
    this.#clientListeners.add(listener);
    if (this.online) listener(this.#client);
    return () => this.#clientListeners.delete(listener);
  }

  start(): void {
    this.#stopped = false;
    void this.#open();
    globalThis.addEventListener('online', this.#tryNow);
    this.#endListening = onSessionKept(this.#tryNow);
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    globalThis.removeEventListener('online', this.#tryNow);
    this.#endListening();
    this.#client.close();
  }

  readonly #tryNow = (): void => {
    if (!this.#timer) return;
    clearTimeout(this.#timer);
    void this.#open();
  };

  async #open(): Promise<void> {
    this.#timer = null;
    let transport: Transport;
    try {
      transport = await this.#carrier.open();
    } catch (error) {
      this.refusal = error instanceof SignInNeeded ? 'sign-in-needed' : error instanceof ForeignHost ? 'foreign-host' : null;
      this.#again();
      return;
    }
    if (this.#stopped) {
      transport.close();
      return;
    }
    const client = createClient(contract, transport, this.#onMismatch);
    this.#client = client;
    this.#delayMs = FIRST_DELAY_MS;
    this.refusal = null;
    this.online = true;
    this.wasOnline = true;
    this.lostAtMs = null;
    client.onClose(() => {
      if (this.#client !== client) return;
      this.online = false;
      this.lostAtMs = Date.now();
      if (this.#carrier.reconnects) this.#again();
    });
    for (const listener of [...this.#clientListeners]) listener(client);
  }

  #again(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => void this.#open(), this.#delayMs);
    this.#delayMs = Math.min(this.#delayMs * 2, LONGEST_DELAY_MS);
  }
}

function reportMismatch(what: string): void {
  console.error('the host speaks another contract:', what);
}
