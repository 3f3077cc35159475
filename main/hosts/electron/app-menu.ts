/** The application's menu: on macOS what the system expects there, elsewhere none, and with it no keys to reload or inspect. */
import { Menu } from 'electron';

export function setAppMenu(): void {
  Menu.setApplicationMenu(
    process.platform === 'darwin' ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }]) : null,
  );
}
