/**
 * protocol.handle: Chromium knows no scheme of ours, so `app://ahoy/x` is served as `https://ahoy.app.invalid/x`,
 * which is as secure a context, by the product's own handler; URLs are translated back wherever main sees them.
 */
type Handler = (request: Request) => Response | Promise<Response>;

const handlers = new Map<string, Handler>();
const SERVED = /^https:\/\/([a-z0-9-]+)\.app\.invalid(?=\/|$)/;

export const protocol = {
  registerSchemesAsPrivileged: (): void => undefined,
  handle(scheme: string, handler: Handler): void {
    handlers.set(scheme, handler);
  },
};

export function toServed(url: string): string {
  return url.replace(/^app:\/\/([a-z0-9-]+)/, 'https://$1.app.invalid');
}

export function toSource(url: string): string {
  return url.replace(SERVED, 'app://$1');
}

export function handlerOf(url: string): Handler | null {
  return handlers.get(url.slice(0, url.indexOf(':'))) ?? null;
}
