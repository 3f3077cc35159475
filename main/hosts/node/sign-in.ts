/**
 * Who may talk to the Node host. The address printed at start holds a token that works once: it makes the browser's
 * session (node-page-sessions.ts). Programs show a bearer token instead. `Host` and `Origin` are checked on every
 * request, so that neither a rebound name nor a foreign page gets in. There are no cookies: they ignore ports, and a
 * browser would send them to whatever else listens on this computer.
 */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { sameSecret } from './same-secret.ts';

export interface SignIn {
  /** A new token that `takes` takes once. */
  readonly newToken: () => string;
  readonly takes: (token: string) => boolean;
  readonly hasBearer: (request: IncomingMessage, secret: string) => boolean;
  /** Whether the request names this host, and comes from our own page or from no page at all. */
  readonly isLocal: (request: IncomingMessage) => boolean;
  /** Whether it comes from our own page. */
  readonly isFromOurPage: (request: IncomingMessage) => boolean;
}

export function createSignIn(port: () => number): SignIn {
  const tokens = new Set<string>();
  const hosts = (): string[] => [`127.0.0.1:${port()}`, `localhost:${port()}`];
  const origins = (): string[] => hosts().map((host) => `http://${host}`);
  const hostIsOurs = (request: IncomingMessage): boolean => hosts().includes(request.headers.host ?? '');

  return {
    newToken() {
      const token = randomBytes(24).toString('base64url');
      tokens.add(token);
      return token;
    },
    takes: (token) => tokens.delete(token),
    hasBearer(request, secret) {
      const header = request.headers.authorization ?? '';
      return header.startsWith('Bearer ') && sameSecret(header.slice(7).trim(), secret);
    },
    isLocal: (request) => hostIsOurs(request) && (request.headers.origin === undefined || origins().includes(request.headers.origin)),
    isFromOurPage: (request) => hostIsOurs(request) && request.headers.origin !== undefined && origins().includes(request.headers.origin),
  };
}
