/** The number of unread and missed things, on the dock, the launcher or the taskbar's button. */
import { app, type BrowserWindow } from 'electron';
import { m } from '../../../../common/text/generated/messages.js';
import { unreadCount, type CoreMirror } from '../shell/core-mirror.ts';
import { overlayIcon } from './tray-icon.ts';

export function keepBadge(mirror: CoreMirror, mainWindow: () => BrowserWindow | null): void {
  let shown = -1;
  mirror.onChange(() => {
    const count = unreadCount(mirror.state) + mirror.state.unseenMissedCount;
    if (count === shown) return;
    shown = count;
    if (process.platform === 'win32') {
      mainWindow()?.setOverlayIcon(count > 0 ? overlayIcon(count) : null, count > 0 ? m.badge_waiting({ count }) : '');
      return;
    }
    app.setBadgeCount(count);
  });
}
