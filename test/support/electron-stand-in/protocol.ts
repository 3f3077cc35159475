/**
 * protocol.handle: Chromium knows no scheme of ours, so `app://ahoy/x` is served as `https://ahoy.app.invalid/x`,
 * which is as secure a context, by the product's own handler; URLs are translated back wherever main sees them.
 */
import { isReady, requireReady } from './lifecycle.ts';
import { strict } from './strict.ts';

type Handler = (request: Request) => Response | Promise<Response>;

const handlers = new Map<string, Handler>();
const SERVED = /^https:\/\/([a-z0-9-]+)\.([a-z]+)\.invalid(?=\/|$)/;
const SOURCE = /^([a-z]+):\/\/([a-z0-9-]+)(?=\/|$)/;
const ORDINARY = new Set(['http', 'https', 'file', 'ws', 'wss']);

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(_schemes: readonly unknown[]): void {
    if (isReady()) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
  },
  handle(scheme: string, handler: Handler): void {
    requireReady('protocol.handle cannot be used before app is ready');
    if (handlers.has(scheme)) throw new Error(`The scheme is already registered: ${scheme}`);
    handlers.set(scheme, handler);
  },
  unhandle(scheme: string): void {
    if (!handlers.delete(scheme)) throw new Error(`The scheme is not registered: ${scheme}`);
  },
  isProtocolHandled: (scheme: string): boolean => handlers.has(scheme),
});

export function toServed(url: string): string {
  const scheme = SOURCE.exec(url)?.[1];
  return scheme === undefined || ORDINARY.has(scheme) ? url : url.replace(SOURCE, 'https://$2.$1.invalid');
}

export function toSource(url: string): string {
  return url.replace(SERVED, '$2://$1');
}

/** The origin as main sees it; `null` for what has none. */
export function originOf(url: string): string {
  const source = toSource(url);
  const [, scheme, host] = SOURCE.exec(source) ?? [];
  if (scheme !== undefined && !ORDINARY.has(scheme)) return `${scheme}://${host ?? ''}`;
  return URL.canParse(source) ? new URL(source).origin : 'null';
}

export function handlerOf(url: string): Handler | null {
  return handlers.get(url.slice(0, url.indexOf(':'))) ?? null;
}
