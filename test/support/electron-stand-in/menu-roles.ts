/** The roles of menu items that act on the app or a window; those of editing are Chromium's and do nothing here. */
import type { MenuItemConstructorOptions } from 'electron';
import type { BrowserWindow } from './browser-window.ts';
import { app } from './app.ts';
import type { WebContents } from './web-contents.ts';

export interface Role {
  readonly label: string;
  readonly accelerator?: string;
  readonly submenu?: readonly MenuItemConstructorOptions[];
  run(window: BrowserWindow | undefined, contents: WebContents | undefined): void;
}

const nothing = (): void => undefined;
const separator: MenuItemConstructorOptions = { type: 'separator' };
const list = (...roles: NonNullable<MenuItemConstructorOptions['role']>[]): MenuItemConstructorOptions[] => roles.map((role) => ({ role }));

function makeRole(name: string): Role | null {
  switch (name.toLowerCase()) {
    case 'quit':
      return { label: 'Quit', accelerator: 'CommandOrControl+Q', run: () => app.quit() };
    case 'about':
      return { label: `About ${app.getName()}`, run: nothing };
    case 'minimize':
      return { label: 'Minimize', accelerator: 'CommandOrControl+M', run: (window) => window?.minimize() };
    case 'close':
      return { label: 'Close Window', accelerator: 'CommandOrControl+W', run: (window) => window?.close() };
    case 'togglefullscreen':
      return { label: 'Toggle Full Screen', accelerator: 'F11', run: (window) => window?.setFullScreen(!window.isFullScreen()) };
    case 'reload':
      return { label: 'Reload', accelerator: 'CmdOrCtrl+R', run: (_window, contents) => contents?.reload() };
    case 'undo':
      return { label: 'Undo', accelerator: 'CommandOrControl+Z', run: nothing };
    case 'redo':
      return { label: 'Redo', accelerator: 'Shift+CommandOrControl+Z', run: nothing };
    case 'cut':
      return { label: 'Cut', accelerator: 'CommandOrControl+X', run: nothing };
    case 'copy':
      return { label: 'Copy', accelerator: 'CommandOrControl+C', run: nothing };
    case 'paste':
      return { label: 'Paste', accelerator: 'CommandOrControl+V', run: nothing };
    case 'pasteandmatchstyle':
      return { label: 'Paste and Match Style', accelerator: 'Shift+CommandOrControl+V', run: nothing };
    case 'delete':
      return { label: 'Delete', run: nothing };
    case 'selectall':
      return { label: 'Select All', accelerator: 'CommandOrControl+A', run: nothing };
    case 'resetzoom':
      return { label: 'Actual Size', accelerator: 'CommandOrControl+0', run: nothing };
    case 'zoomin':
      return { label: 'Zoom In', accelerator: 'CommandOrControl+Plus', run: nothing };
    case 'zoomout':
      return { label: 'Zoom Out', accelerator: 'CommandOrControl+-', run: nothing };
    case 'toggledevtools':
      return { label: 'Toggle Developer Tools', accelerator: 'Ctrl+Shift+I', run: nothing };
    case 'hide':
    case 'hideothers':
    case 'unhide':
    case 'services':
    case 'front':
    case 'zoom':
    case 'help':
    case 'window':
      return { label: name, run: nothing };
    case 'appmenu':
      return { label: app.getName(), submenu: [...list('about'), separator, ...list('quit')], run: nothing };
    case 'filemenu':
      return { label: 'File', submenu: list('quit'), run: nothing };
    case 'editmenu':
      return {
        label: 'Edit',
        submenu: [...list('undo', 'redo'), separator, ...list('cut', 'copy', 'paste', 'delete', 'selectAll')],
        run: nothing,
      };
    case 'viewmenu':
      return { label: 'View', submenu: list('reload', 'resetZoom', 'zoomIn', 'zoomOut', 'togglefullscreen'), run: nothing };
    case 'windowmenu':
      return { label: 'Window', submenu: list('minimize', 'close'), run: nothing };
    default:
      return null;
  }
}

export function roleOf(name: string): Role {
  const role = makeRole(name);
  if (!role) throw new Error(`the stand-in for Electron does not back the role ${name}`);
  return role;
}
