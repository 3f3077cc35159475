/** `app://ahoy/…`: the built renderer, with the same policy the Node host sends. */
import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import { contentSecurityPolicy, listPageFiles } from '../../../system/page-files.ts';

export const ORIGIN = 'app://ahoy';

/** Whether a URL or origin is one of our own pages. */
export function isOwnUrl(url: string | undefined): boolean {
  if (url === undefined || !URL.canParse(url)) return false;
  const { protocol: scheme, host } = new URL(url);
  return scheme === 'app:' && host === 'ahoy';
}

/** Before the app is ready: `app:` is a standard, secure scheme, so that getUserMedia works there. */
export function declareProtocol(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
}

export async function servePages(directory: string): Promise<void> {
  const files = await listPageFiles(directory);
  protocol.handle('app', async (request) => {
    const file = isOwnUrl(request.url) ? files(new URL(request.url).pathname) : null;
    if (file === null) return new Response('There is no such page.', { status: 404 });
    return new Response(await readFile(file.path), {
      headers: {
        'content-type': file.contentType,
        'content-security-policy': contentSecurityPolicy([]),
        'x-content-type-options': 'nosniff',
        'cross-origin-opener-policy': 'same-origin',
      },
    });
  });
}
