/**
 * Who may talk to the Node host. The address printed at start holds a token that works once: it is exchanged
 * for a cookie that scripts cannot read and other sites cannot send. Programs show a bearer token instead.
 * `Host` and `Origin` are checked on every request, so that neither a rebound name nor a foreign page gets in.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const COOKIE = 'ahoy-page';
const COOKIE_SECONDS = 400 * 24 * 3600;

export interface SignIn {
  /** A new token that `exchange` takes once. */
  readonly newToken: () => string;
  /** The Set-Cookie value for a good token, else null. */
  readonly exchange: (token: string) => string | null;
  readonly hasCookie: (request: IncomingMessage) => boolean;
  readonly hasBearer: (request: IncomingMessage, secret: string) => boolean;
  /** Whether the request names this host, and comes from our own page or from no page at all. */
  readonly isLocal: (request: IncomingMessage) => boolean;
  /** Whether it comes from our own page. */
  readonly isFromOurPage: (request: IncomingMessage) => boolean;
}

function same(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

export function createSignIn(pageSecret: string, port: () => number): SignIn {
  const tokens = new Set<string>();
  // Cookies know no ports: the name tells two profiles on one machine apart.
  const name = (): string => `${COOKIE}-${port()}`;
  const value = (): string => createHmac('sha256', pageSecret).update('page').digest('hex');
  const hosts = (): string[] => [`127.0.0.1:${port()}`, `localhost:${port()}`];
  const origins = (): string[] => hosts().map((host) => `http://${host}`);
  const hostIsOurs = (request: IncomingMessage): boolean => hosts().includes(request.headers.host ?? '');

  return {
    newToken() {
      const token = randomBytes(24).toString('base64url');
      tokens.add(token);
      return token;
    },
    exchange(token) {
      if (!tokens.delete(token)) return null;
      return `${name()}=${value()}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${COOKIE_SECONDS}`;
    },
    hasCookie(request) {
      const cookies = (request.headers.cookie ?? '').split(';').map((each) => each.trim());
      return cookies.some((cookie) => cookie.startsWith(`${name()}=`) && same(cookie.slice(name().length + 1), value()));
    },
    hasBearer(request, secret) {
      const header = request.headers.authorization ?? '';
      return header.startsWith('Bearer ') && same(header.slice(7).trim(), secret);
    },
    isLocal: (request) => hostIsOurs(request) && (request.headers.origin === undefined || origins().includes(request.headers.origin)),
    isFromOurPage: (request) => hostIsOurs(request) && request.headers.origin !== undefined && origins().includes(request.headers.origin),
  };
}
