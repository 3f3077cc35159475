/** Every request of a page: navigations are asked first, our own schemes are served by their handler, the rest is refused. */
import type { Page, Route } from '@playwright/test';
import { handlerOf, toServed, toSource } from './protocol.ts';

export interface NavigationAsked {
  readonly url: string;
  readonly isMainFrame: boolean;
  readonly isRedirect: boolean;
}

export interface RequestOwner {
  mayNavigate(asked: NavigationAsked): boolean;
  /** The status of a document of the main frame. */
  answered(status: number): void;
}

export async function serveRequests(page: Page, owner: RequestOwner): Promise<void> {
  await page.route('**/*', async (route) => {
    // A page that goes away in the middle of it needs no answer.
    await serve(page, route, owner).catch(() => undefined);
  });
}

async function serve(page: Page, route: Route, owner: RequestOwner): Promise<void> {
  const request = route.request();
  const url = toSource(request.url());
  const isNavigation = request.isNavigationRequest();
  const isMainFrame = isNavigation && request.frame() === page.mainFrame();
  if (isNavigation && !owner.mayNavigate({ url, isMainFrame, isRedirect: request.redirectedFrom() !== null })) {
    await route.abort('aborted');
    return;
  }
  const handler = handlerOf(url);
  if (!handler) {
    await route.abort('blockedbyclient');
    return;
  }
  const body = request.postDataBuffer();
  const response = await handler(
    new Request(url, { method: request.method(), headers: await request.allHeaders(), ...(body && { body: new Uint8Array(body) }) }),
  );
  if (isMainFrame) owner.answered(response.status);
  const headers = Object.fromEntries(response.headers);
  if (headers['location'] !== undefined) headers['location'] = toServed(headers['location']);
  await route.fulfill({ status: response.status, headers, body: Buffer.from(await response.arrayBuffer()) });
}
