/**
 * The practice exchange: registrar with digest, proxy and presence server over WebSocket on loopback, with
 * colleagues who answer. For trying Ahoy and as a far side in tests; never for production.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { WebSocketServer, type WebSocket } from 'ws';
import { presenceDocument } from './colleague.ts';
import { createColleagueAgent, type ColleagueAgent } from './colleague-agent.ts';
import { colleagues } from './colleagues.ts';
import { createDigest } from './digest-challenges.ts';
import { createPresenceServer } from './presence-server.ts';
import {
  header,
  headers,
  isRequest,
  method,
  parameter,
  parseSip,
  requestUri,
  respond,
  uriOf,
  userOfUri,
  writeSip,
  type SipMessage,
} from './sip-message.ts';

export { colleagues } from './colleagues.ts';

export const PRACTICE_DOMAIN = 'practice.invalid';
/** Who the newcomer is there. */
export const PRACTICE_USER = 'me';

export interface RunningExchange {
  readonly port: number;
  readonly password: string;
  close(): Promise<void>;
}

interface Binding {
  readonly connection: Connection;
  readonly contact: string;
  readonly endsAtMs: number;
}

interface Connection {
  readonly id: string;
  readonly send: (message: SipMessage) => void;
  readonly isOpen: () => boolean;
}

const LARGEST_FRAME_BYTES = 256 * 1024;
const TICK_MS = 15_000;
const LONGEST_REGISTRATION_SECONDS = 3600;
// Below the range systems take outgoing ports from: a client that retries a closed port there may connect to itself.
const LOWEST_PORT = 20_000;
const HIGHEST_PORT = 32_000;

async function listen(): Promise<WebSocketServer> {
  for (let tries = 0; tries < 50; tries += 1) {
    const server = new WebSocketServer({
      host: '127.0.0.1',
      port: randomInt(LOWEST_PORT, HIGHEST_PORT),
      maxPayload: LARGEST_FRAME_BYTES,
      handleProtocols: (protocols) => (protocols.has('sip') ? 'sip' : false),
    });
    try {
      await once(server, 'listening');
      return server;
    } catch {
      server.close();
    }
  }
  throw new Error('no free port on loopback for the practice exchange');
}

/** Starts it; resolves when it listens. `report` is called with what went wrong inside, for the log. */
export async function startPracticeExchange(report: (what: string) => void): Promise<RunningExchange> {
  const password = randomBytes(16).toString('hex');
  const server = await listen();
  const port = (server.address() as { port: number }).port;
  const address = (): string => `127.0.0.1:${port}`;
  const digest = createDigest(PRACTICE_DOMAIN);
  const presence = createPresenceServer(address, PRACTICE_DOMAIN);
  const bindings = new Map<string, Map<string, Binding>>();
  const connections = new Map<string, Connection>();
  const agents = new Map<string, ColleagueAgent>(
    colleagues.map((colleague) => [colleague.user, createColleagueAgent(colleague, PRACTICE_DOMAIN, address, report)]),
  );

  function tellPresence(): void {
    const now = new Date();
    for (const colleague of colleagues) {
      const { activity, note } = colleague.presence(now);
      const document = presenceDocument(colleague.user, PRACTICE_DOMAIN, activity, note);
      if (told.get(colleague.user) === document) continue;
      told.set(colleague.user, document);
      presence.setDocument(colleague.user, document);
    }
  }
  const told = new Map<string, string>();
  tellPresence();

  function bindingsOf(user: string): Binding[] {
    const now = Date.now();
    return [...(bindings.get(user)?.values() ?? [])].filter((binding) => binding.endsAtMs > now && binding.connection.isOpen());
  }

  function register(request: SipMessage, from: Connection): void {
    const user = userOfUri(uriOf(header(request, 'to') ?? ''));
    const of = bindings.get(user) ?? new Map<string, Binding>();
    bindings.set(user, of);
    const contact = header(request, 'contact');
    const seconds = Math.min(
      LONGEST_REGISTRATION_SECONDS,
      Number(parameter(contact ?? '', 'expires') ?? header(request, 'expires') ?? 600) || 0,
    );
    if (contact === '*') of.clear();
    else if (contact !== null) {
      // One binding an instance: a new connection replaces the old one's (RFC 5626 §6).
      const key = parameter(contact, '\\+sip\\.instance') ?? uriOf(contact);
      if (seconds === 0) of.delete(key);
      else of.set(key, { connection: from, contact: uriOf(contact), endsAtMs: Date.now() + seconds * 1000 });
    }
    from.send(
      respond(
        request,
        200,
        'OK',
        'registrar',
        bindingsOf(user).map((binding) => [
          'contact',
          `<${binding.contact}>;expires=${Math.round((binding.endsAtMs - Date.now()) / 1000)}`,
        ]),
      ),
    );
  }

  /** Whether the request shows the password; challenges it where not. */
  function isAuthentic(request: SipMessage, from: Connection): boolean {
    const isRegister = method(request) === 'REGISTER';
    const shown = header(request, isRegister ? 'authorization' : 'proxy-authorization');
    if (digest.verify(shown, method(request), password)) return true;
    const name = isRegister ? 'www-authenticate' : 'proxy-authenticate';
    from.send(
      respond(
        request,
        isRegister ? 401 : 407,
        isRegister ? 'Unauthorized' : 'Proxy Authentication Required',
        'exchange',
        digest.challenges().map((challenge) => [name, challenge]),
      ),
    );
    return false;
  }

  function receive(text: string, from: Connection): void {
    const message = parseSip(text);
    if (!message) return; // nothing that could be answered
    if (!isRequest(message)) {
      // Back along the Via that we put on top (RFC 3261 §16.7).
      const branch = parameter(headers(message, 'via')[0] ?? '', 'branch') ?? '';
      const back = connections.get(/^z9hG4bKx([0-9a-f]+)x/.exec(branch)?.[1] ?? '');
      const own = message.headers.findIndex(([name]) => name === 'via');
      message.headers.splice(own, 1);
      if (back && headers(message, 'via').length > 0) back.send(message);
      return;
    }
    const asked = method(message);
    const user = userOfUri(requestUri(message));
    if (asked === 'OPTIONS' && user === '') {
      from.send(respond(message, 200, 'OK', 'exchange'));
      return;
    }
    const inDialog = parameter(header(message, 'to') ?? '', 'tag') !== null;
    if (!inDialog && asked !== 'ACK' && asked !== 'CANCEL' && !isAuthentic(message, from)) return;
    if (asked === 'REGISTER') {
      register(message, from);
      return;
    }
    const isPresence = (header(message, 'event') ?? '').startsWith('presence');
    if (asked === 'PUBLISH') {
      from.send(isPresence ? presence.publish(message) : respond(message, 489, 'Bad Event', 'exchange'));
      return;
    }
    if (asked === 'SUBSCRIBE' && isPresence) {
      presence.subscribe(message, from.send, from.isOpen);
      return;
    }
    const agent = agents.get(user) ?? [...agents.values()].find((each) => each.hasCall(header(message, 'call-id') ?? ''));
    if (agent) {
      agent.receive(message, from.send);
      return;
    }
    relay(message, from, user);
  }

  /** To whoever is registered under that name, or whose Contact the request names. */
  function relay(request: SipMessage, from: Connection, user: string): void {
    const target = bindingsOf(user)[0] ?? [...bindings.keys()].flatMap(bindingsOf).find((binding) => userOfUri(binding.contact) === user);
    if (!target) {
      if (method(request) !== 'ACK') from.send(respond(request, 480, 'Temporarily Unavailable', 'exchange'));
      return;
    }
    const forwarded: SipMessage = {
      startLine: `${method(request)} ${target.contact} SIP/2.0`,
      headers: [
        ['via', `SIP/2.0/WS ${address()};branch=z9hG4bKx${from.id}x${parameter(headers(request, 'via')[0] ?? '', 'branch') ?? ''}`],
        ...(method(request) === 'INVITE' || method(request) === 'SUBSCRIBE'
          ? ([['record-route', `<sip:${address()};transport=ws;lr>`]] as [string, string][])
          : []),
        ...request.headers.filter(([name]) => name !== 'route' && name !== 'proxy-authorization'),
      ],
      body: request.body,
    };
    target.connection.send(forwarded);
  }

  server.on('connection', (socket: WebSocket) => {
    const connection: Connection = {
      id: randomBytes(8).toString('hex'),
      send: (message) => {
        if (socket.readyState === socket.OPEN) socket.send(writeSip(message));
      },
      isOpen: () => socket.readyState === socket.OPEN,
    };
    connections.set(connection.id, connection);
    socket.on('message', (frame: Buffer) => {
      const text = frame.toString('utf8');
      if (text.trim() === '') {
        socket.send('\r\n'); // keepalive (RFC 7118 §6)
        return;
      }
      try {
        receive(text, connection);
      } catch (error) {
        report(`a message was dropped: ${String(error)}`);
      }
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      connections.delete(connection.id);
    });
  });

  const tick = setInterval(() => {
    tellPresence();
    presence.sweep();
  }, TICK_MS);
  tick.unref();

  return {
    port,
    password,
    async close() {
      clearInterval(tick);
      await Promise.all([...agents.values()].map((agent) => agent.close()));
      for (const socket of server.clients) socket.terminate();
      server.close();
      await once(server, 'close');
    },
  };
}
