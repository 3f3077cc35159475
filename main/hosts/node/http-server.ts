/** The Node host's door: loopback only, pages and contract behind the sign-in. */
import { createReadStream } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ClientKind } from '../../../common/contract/index.ts';
import type { ContractEndpoint } from './contract-endpoint.ts';
import { contentSecurityPolicy, type PageFiles } from '../../system/page-files.ts';
import type { SignIn } from './sign-in.ts';

export interface DoorSecrets {
  readonly controlSecret: string;
  readonly automationToken: string;
}

export interface DoorHooks {
  /** A second start asks for the front. Answers an address for a new window, or null where one is open. */
  readonly frontRequested: () => string | null;
}

const NEEDS_SIGN_IN = `<!doctype html><meta charset="utf-8"><title>Ahoy</title>
<p>This page needs the address that Ahoy prints when it starts. Start Ahoy again to get a new one.</p>`;

function plain(response: ServerResponse, status: number, text: string): void {
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.writeHead(status);
  response.end(text);
}

export function createDoor(files: PageFiles, endpoint: ContractEndpoint, signIn: SignIn, secrets: DoorSecrets, hooks: DoorHooks): Server {
  const server = createServer((request, response) => {
    answer(request, response);
  });
  server.requestTimeout = 10_000;
  server.headersTimeout = 10_000;
  server.maxHeadersCount = 100;

  const port = (): number => (server.address() as AddressInfo | null)?.port ?? 0;

  function secure(response: ServerResponse): void {
    response.setHeader('content-security-policy', contentSecurityPolicy([`ws://127.0.0.1:${port()}`, `ws://localhost:${port()}`]));
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('referrer-policy', 'no-referrer');
    response.setHeader('cross-origin-opener-policy', 'same-origin');
    response.setHeader('cross-origin-resource-policy', 'same-origin');
    response.setHeader(
      'permissions-policy',
      'microphone=(self), camera=(self), display-capture=(self), speaker-selection=(self), geolocation=(), usb=(), serial=()',
    );
  }

  function answer(request: IncomingMessage, response: ServerResponse): void {
    secure(response);
    if (!signIn.isLocal(request)) {
      plain(response, 403, 'Not from here.');
      return;
    }
    const url = new URL(request.url ?? '/', 'http://ahoy.invalid');
    if (request.method === 'POST' && url.pathname === '/front') {
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
    const token = url.searchParams.get('token');
    if (token !== null) {
      const cookie = signIn.exchange(token);
      if (cookie === null && !signIn.hasCookie(request)) {
        refusePage(response);
        return;
      }
      if (cookie !== null) response.setHeader('set-cookie', cookie);
      response.setHeader('location', '/');
      response.writeHead(303);
      response.end();
      return;
    }
    if (!signIn.hasCookie(request)) {
      refusePage(response);
      return;
    }
    servePage(url.pathname, response, request.method === 'HEAD');
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

  function refusePage(response: ServerResponse): void {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.writeHead(401);
    response.end(NEEDS_SIGN_IN);
  }

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const refuse = (status: string): void => {
      socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
    };
    const url = new URL(request.url ?? '/', 'http://ahoy.invalid');
    if (url.pathname !== '/contract') {
      refuse('404 Not Found');
      return;
    }
    if (!signIn.isLocal(request)) {
      refuse('403 Forbidden');
      return;
    }
    const kind = url.searchParams.get('kind');
    let granted: ClientKind | null = null;
    if (request.headers.authorization !== undefined) granted = signIn.hasBearer(request, secrets.automationToken) ? 'program' : null;
    else if (signIn.isFromOurPage(request) && signIn.hasCookie(request)) granted = kind === 'call' ? 'call' : 'main';
    if (granted === null) {
      refuse('401 Unauthorized');
      return;
    }
    endpoint.upgrade(request, socket, head, granted);
  });
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n');
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
