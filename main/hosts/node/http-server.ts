/**
 * The Node host's HTTP server: loopback only; pages for anybody on this computer, the contract for whoever proves who
 * they are.
 */
import { createReadStream } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ContractEndpoint } from './web-socket-endpoint.ts';
import type { ReportDefect } from '../../system/defects.ts';
import { contentSecurityPolicy, type PageFiles } from '../../system/page-files.ts';
import type { NodePageSessions } from './node-page-sessions.ts';
import { parseTarget } from './request-target.ts';
import type { SignIn } from './sign-in.ts';

export interface DoorSecrets {
  readonly controlSecret: string;
  readonly automationToken: string;
}

export interface DoorHooks {
  /** A second start asks for the front. Answers an address for a new window, or null where one is open. */
  readonly frontRequested: () => string | null;
  /** Reports a defect; its number. */
  readonly defect: ReportDefect;
}

function plain(response: ServerResponse, status: number, text: string): void {
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.writeHead(status);
  response.end(text);
}

/** Connections at once; a browser opens six, a window's contract is one more. */
const MOST_CONNECTIONS = 128;
/** Time for a request's head, for a whole request, and for a connection on which nothing is asked. */
const REQUEST_MS = 10_000;
const IDLE_MS = 15_000;
const CHECK_MS = 2_000;

export function createHttpServer(
  files: PageFiles,
  endpoint: ContractEndpoint,
  signIn: SignIn,
  sessions: NodePageSessions,
  secrets: DoorSecrets,
  hooks: DoorHooks,
): Server {
  const server = createServer({ connectionsCheckingInterval: CHECK_MS, keepAliveTimeout: 5_000 }, (request, response) => {
    try {
      answer(request, response);
    } catch (error) {
      const reportId = hooks.defect('an HTTP request', error);
      if (!response.headersSent) plain(response, 500, `Ahoy made a mistake. Report number ${reportId}.`);
      else response.destroy();
    }
  });
  server.requestTimeout = REQUEST_MS;
  server.headersTimeout = REQUEST_MS;
  server.maxHeadersCount = 100;
  server.maxConnections = MOST_CONNECTIONS;
  // A connection on which nothing was ever asked; the contract's have their own ping.
  server.setTimeout(IDLE_MS);

  const port = (): number => (server.address() as AddressInfo | null)?.port ?? 0;

  function secure(response: ServerResponse): void {
    response.setHeader('content-security-policy', contentSecurityPolicy([`ws://127.0.0.1:${port()}`, `ws://localhost:${port()}`]));
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('referrer-policy', 'no-referrer');
    response.setHeader('cross-origin-opener-policy', 'same-origin');
    response.setHeader('cross-origin-resource-policy', 'same-origin');
    response.setHeader(
      'permissions-policy',
      'microphone=(self), camera=(self), display-capture=(), speaker-selection=(self), geolocation=(), usb=(), serial=()',
    );
  }

  /** Who asks is looked at before what is asked. */
  function answer(request: IncomingMessage, response: ServerResponse): void {
    secure(response);
    if (!signIn.isLocal(request)) {
      plain(response, 403, 'Not from here.');
      return;
    }
    const target = parseTarget(request.url);
    if (target === null) {
      plain(response, 400, 'That is no address of a page.');
      return;
    }
    if (request.method === 'POST' && target.path === '/front') {
      if (!signIn.hasBearer(request, secrets.controlSecret)) {
        plain(response, 401, 'The control secret is wrong.');
        return;
      }
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ address: hooks.frontRequested() }));
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      plain(response, 405, 'Only GET here.');
      return;
    }
    const token = target.query.get('token');
    if (token !== null) {
      // What stands behind the # is sent to nobody: the page alone reads it. A token that is used up signs nobody in.
      const session = signIn.takes(token) ? sessions.begin(request.headers['user-agent'] ?? '') : null;
      response.setHeader('location', session === null ? '/' : `/#session=${session.id}.${session.secret}`);
      response.setHeader('cache-control', 'no-store');
      response.writeHead(303);
      response.end();
      return;
    }
    // The pages are no secret; what they show comes by the contract, and that wants a proof.
    servePage(target.path, response, request.method === 'HEAD');
  }

  function servePage(path: string, response: ServerResponse, headOnly: boolean): void {
    const file = files(path);
    if (file === null) {
      plain(response, 404, 'There is no such page.');
      return;
    }
    response.setHeader('content-type', file.contentType);
    // Built assets carry a hash in their name; the pages do not.
    response.setHeader('cache-control', path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
    response.writeHead(200);
    if (headOnly) response.end();
    else
      createReadStream(file.path)
        .on('error', () => response.destroy())
        .pipe(response);
  }

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    try {
      const refused = openContract(request, socket, head);
      if (refused !== null) refuse(socket, refused);
    } catch (error) {
      hooks.defect('an HTTP upgrade', error);
      refuse(socket, '500 Internal Server Error');
    }
  });

  /** Hands a permitted upgrade on; else the status to refuse it with. */
  function openContract(request: IncomingMessage, socket: Duplex, head: Buffer): string | null {
    if (!signIn.isLocal(request)) return '403 Forbidden';
    const target = parseTarget(request.url);
    if (target?.path !== '/contract') return '404 Not Found';
    if (request.headers.authorization !== undefined) {
      if (!signIn.hasBearer(request, secrets.automationToken)) return '401 Unauthorized';
      endpoint.upgradeProgram(request, socket, head);
      return null;
    }
    if (!signIn.isFromOurPage(request)) return '401 Unauthorized';
    endpoint.upgradePage(request, socket, head, target.query.get('kind') === 'call' ? 'call' : 'main');
    return null;
  }

  /** The far side may keep its half open; ours is gone once the answer is written. */
  function refuse(socket: Duplex, status: string): void {
    socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`, () => socket.destroy());
  }

  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n', () => socket.destroy());
    else socket.destroy();
  });
  return server;
}

/** Listens on loopback: on `port`, else on any where `port` was only a wish. Resolves with the port. */
export async function listenOnLoopback(server: Server, port: number, isWish: boolean): Promise<number> {
  const attempt = (wanted: number): Promise<number> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(wanted, '127.0.0.1', () => {
        server.off('error', reject);
        resolve((server.address() as AddressInfo).port);
      });
    });
  try {
    return await attempt(port);
  } catch (error) {
    if (!isWish || port === 0) throw error;
    return attempt(0);
  }
}
