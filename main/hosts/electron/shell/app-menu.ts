/**
 * The application's menu: on macOS what the system expects, elsewhere none, so that there are no keys to reload or
 * inspect either.
 */
import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import { m } from '../../../../common/text/generated/messages.js';

/** `quit` asks first where a call would end by it, which the system's own item would not. */
export function setAppMenu(quit: () => void): void {
  Menu.setApplicationMenu(process.platform === 'darwin' ? Menu.buildFromTemplate(macMenu(quit)) : null);
}

function macMenu(quit: () => void): MenuItemConstructorOptions[] {
  const separator = { type: 'separator' } as const;
  const own: MenuItemConstructorOptions[] = [
    { role: 'about' },
    separator,
    { role: 'services' },
    separator,
    { role: 'hide' },
    { role: 'hideOthers' },
    { role: 'unhide' },
    separator,
    { label: m.tray_quit(), accelerator: 'Command+Q', click: quit },
  ];
  return [{ label: app.getName(), submenu: own }, { role: 'editMenu' }, { role: 'windowMenu' }];
}
