/** What our pages may use: microphone, camera, speaker choice, the clipboard for writing. Nobody else anything. */
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
