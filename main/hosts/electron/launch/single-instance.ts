/**
 * One running Ahoy for each profile: a second start hands its arguments over and ends. They travel beside Chromium's
 * own list, which reorders and extends them. On macOS links come as an event, possibly before we are ready.
 */
import { app } from 'electron';
import * as v from 'valibot';
import { parseCommandLine, type CommandLine } from './command-line.ts';

const Handed = v.object({ args: v.pipe(v.array(v.pipe(v.string(), v.maxLength(4096))), v.maxLength(64)) });

export interface SecondStarts {
  started(line: CommandLine): void;
  linkOpened(url: string): void;
}

let listener: SecondStarts | null = null;
const early: ((to: SecondStarts) => void)[] = [];

function notify(what: (to: SecondStarts) => void): void {
  if (listener) what(listener);
  else early.push(what);
}

/** False where another Ahoy has the profile: it got the arguments, and this one has to end. */
export function claimInstance(args: readonly string[]): boolean {
  if (!app.requestSingleInstanceLock({ args: [...args] })) return false;
  app.on('second-instance', (_event, _argv, _directory, handed) => {
    const parsed = v.safeParse(Handed, handed);
    const line = parseCommandLine(parsed.success ? parsed.output.args : []);
    if (line.problem === null) notify((to) => to.started(line));
  });
  app.on('open-url', (event, url) => {
    event.preventDefault();
    notify((to) => to.linkOpened(url));
  });
  return true;
}

/** Registers the one listener; it is called at once for what came before. */
export function onSecondStart(to: SecondStarts): void {
  listener = to;
  for (const what of early.splice(0)) what(to);
}
