/** How the system starts this Ahoy: a package, or a build in a folder. */
import { app } from 'electron';
import type { LaunchCommand } from '../desktop/autostart-entry.ts';

export function launchCommand(): LaunchCommand {
  // An AppImage runs from a mount that is another at each start; the file itself is what stays.
  const program = process.env['APPIMAGE'] ?? process.execPath;
  return { program, args: app.isPackaged ? [] : [app.getAppPath()] };
}
