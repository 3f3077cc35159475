/** Asks the product about a navigation, with Electron's events in Electron's order. */
import { makeEvent } from './event.ts';
import type { NavigationAsked } from './requests.ts';
import type { WebContents } from './web-contents.ts';

/** Whether it may go on. */
export function mayNavigate(contents: WebContents, { url, isMainFrame, isRedirect }: NavigationAsked): boolean {
  const { mainFrame } = contents;
  const params = { url, isSameDocument: false, isMainFrame, frame: isMainFrame ? mainFrame : null, initiator: mainFrame };
  const ask = (name: string, more: readonly unknown[]): boolean => {
    const event = makeEvent(params);
    contents.emit(name, event, ...more);
    return !event.defaultPrevented;
  };
  const deprecated = [url, false, isMainFrame, 0, 0];
  if (isRedirect) return ask('will-redirect', deprecated);
  return ask('will-frame-navigate', []) && (!isMainFrame || ask('will-navigate', deprecated));
}
