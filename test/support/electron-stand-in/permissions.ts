/** Tells Chromium what the product answers for a page's origin, so that a refusal is real for the page. */
import type { CDPSession } from '@playwright/test';
import type { Session } from './session.ts';

/** Chromium's name, Electron's, and which media are meant. */
const NAMES: readonly (readonly [string, string, ('audio' | 'video')?])[] = [
  ['microphone', 'media', 'audio'],
  ['camera', 'media', 'video'],
  ['display-capture', 'display-capture'],
  ['geolocation', 'geolocation'],
  ['notifications', 'notifications'],
  ['midi', 'midi'],
  ['clipboard-read', 'clipboard-read'],
  ['clipboard-write', 'clipboard-sanitized-write'],
  ['idle-detection', 'idle-detection'],
  ['local-fonts', 'local-fonts'],
  ['persistent-storage', 'persistent-storage'],
  ['screen-wake-lock', 'screen-wake-lock'],
  ['window-management', 'window-management'],
  ['storage-access', 'storage-access'],
];

/** `origin` as Chromium knows it, `asked` as the product does. */
export async function applyPermissions(
  browser: CDPSession,
  session: Session,
  contents: unknown,
  origin: string,
  asked: string,
): Promise<void> {
  await Promise.all(
    NAMES.map(async ([name, permission, media]) => {
      const granted = await session.standInGrants(contents, permission, asked, media);
      // A name that this Chromium does not know is not there to be granted either.
      await browser
        .send('Browser.setPermission', { permission: { name }, setting: granted ? 'granted' : 'denied', origin })
        .catch(() => undefined);
    }),
  );
}
