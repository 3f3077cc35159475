/**
 * What our own pages may use: microphone, camera, choice of speaker, writing to the clipboard. Other pages may use
 * nothing.
 */
import { session } from 'electron';
import { isOwnUrl } from './pages-protocol.ts';

const GRANTED = new Set(['media', 'speaker-selection', 'clipboard-sanitized-write']);

export function restrictPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(GRANTED.has(permission) && isOwnUrl(details.requestingUrl));
  });
  session.defaultSession.setPermissionCheckHandler(
    (_contents, permission, requestingOrigin) => GRANTED.has(permission) && isOwnUrl(requestingOrigin),
  );
  // Serial ports, USB, HID, Bluetooth: nobody.
  session.defaultSession.setDevicePermissionHandler(() => false);
}
