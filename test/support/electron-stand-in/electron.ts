/**
 * A stand-in for Electron's runtime where none can be had: the `electron` module for the built main and preload,
 * unchanged, with Debian's Chromium behind it.
 *
 * Where its fidelity ends:
 * - Processes: main runs in Node and not in Electron's Node; the preload runs in an isolated world before the page's
 *   scripts, but without a sandbox or a process of its own. It also runs in frames of a page, where Electron would
 *   leave it out, so that main's check of the sender is tried.
 * - Pages come from https://ahoy.app.invalid instead of app://ahoy (same handler, same headers). Whether a scheme was
 *   declared privileged changes nothing.
 * - IPC and contextBridge carry JSON only; what structured clone would carry beyond it throws.
 * - Navigation: about:blank, blob: and data: in the place of a page are not asked for; a test's own `page.reload()`
 *   counts as the page's. A page that answers a `beforeunload` is not asked when its window closes.
 * - Windows have no frame and no place on a screen; a window manager is not there, so nothing lies over anything,
 *   displays that go take no window with them, and focus()/show() always get the focus. Events of windows come at once
 *   and not a turn later, and `moved`/`resized` come as on macOS and Windows. A click of a test in a page moves no focus.
 * - Pages believe in focus and visibility by an overriding script; drawing and timers never slow down in hidden windows.
 * - Microphone, camera and display are asked for each time, the other permissions when a page is loaded. What is
 *   captured of the display is Chromium's choice.
 * - Tray, menus, notifications, badges, dialogs, shortcuts, overlay, progress are kept for tests and drawn nowhere.
 *   A notification closes after a click, an action and a reply, as on Linux; replies, which Linux has not, are there.
 *   Editing roles of menus do nothing; a menu's accelerators are not pressed by keys in a page.
 * - Login items, badge and protocol registration are kept, and change nothing on the system.
 * - safeStorage is AES by a key made of the profile's path; its three kinds of system are set by the environment.
 * - Images are PNG of 8 bits; JPEG and the rest are empty. Resizing takes the nearest pixels.
 * - The clipboard is text, and not the page's. net is Node's http, without proxies, cookies and logins.
 * - Power, lock and idleness come only when a test sends them, on every platform's terms.
 * - Switches of the command line, webRequest and session settings are kept and have no effect.
 * - What is not here at all fails: at the import of a name, or at the call or reading of a member.
 */
import { listenToTest } from './control.ts';

export { app } from './app.ts';
export { autoUpdater, crashReporter } from './auto-updater.ts';
export { BrowserWindow } from './browser-window.ts';
export { clipboard } from './clipboard.ts';
export { dialog } from './dialog.ts';
export { globalShortcut } from './global-shortcut.ts';
export { ipcMain } from './ipc-main.ts';
export { Menu, MenuItem } from './menu.ts';
export { nativeImage } from './native-image.ts';
export { nativeTheme } from './native-theme.ts';
export { net } from './net.ts';
export { Notification } from './notification.ts';
export { powerMonitor } from './power-monitor.ts';
export { powerSaveBlocker } from './power-save-blocker.ts';
export { protocol } from './protocol.ts';
export { safeStorage } from './safe-storage.ts';
export { screen } from './screen.ts';
export { session } from './session.ts';
export { shell } from './shell.ts';
export { Tray } from './tray.ts';
export { webContents } from './web-contents.ts';

// As Electron sets them; `defaultApp` for an app that is not packaged alone.
const packagedIn = process.env['AHOY_STAND_IN_RESOURCES'];
Object.assign(process, {
  type: 'browser',
  resourcesPath: packagedIn ?? import.meta.dirname,
  ...(packagedIn === undefined ? { defaultApp: true } : {}),
});

listenToTest();
