/**
 * Whether a Linux desktop shows tray icons: whether somebody owns the name StatusNotifierWatcher on the session bus.
 * Asked by whichever of the usual tools is installed; where none answers, we assume that there is no tray.
 */
import { execFile } from 'node:child_process';

const WATCHER = 'org.kde.StatusNotifierWatcher';
const BUS = 'org.freedesktop.DBus';
const ANSWER_MS = 2_000;

const TOOLS: readonly (readonly [program: string, args: readonly string[]])[] = [
  ['dbus-send', ['--session', '--print-reply', `--dest=${BUS}`, '/', `${BUS}.NameHasOwner`, `string:${WATCHER}`]],
  ['gdbus', ['call', '--session', '--dest', BUS, '--object-path', '/', '--method', `${BUS}.NameHasOwner`, WATCHER]],
  ['busctl', ['--user', 'call', BUS, '/', BUS, 'NameHasOwner', 's', WATCHER]],
];

export type RunTool = (program: string, args: readonly string[]) => Promise<string>;

const runTool: RunTool = (program, args) =>
  new Promise((resolve, reject) => {
    execFile(program, [...args], { timeout: ANSWER_MS, windowsHide: true }, (error, output) => {
      if (error) reject(new Error(error.message));
      else resolve(output);
    });
  });

export async function hasStatusNotifier(run: RunTool = runTool): Promise<boolean> {
  for (const [program, args] of TOOLS) {
    try {
      return /\btrue\b/.test(await run(program, args));
    } catch {
      // not installed, or no session bus: the next one may know
    }
  }
  return false;
}

/** Windows and macOS have a tray always. */
export async function hasTray(platform: NodeJS.Platform): Promise<boolean> {
  return platform === 'linux' ? hasStatusNotifier() : true;
}
