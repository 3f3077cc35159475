/** A program a test starts: its output, an end to wait for, and a stop by its own process id. */
import { spawn, type ChildProcess } from 'node:child_process';

export interface ChildProgram {
  readonly pid: number;
  readonly output: () => string;
  /** Resolves with the match once the output has one; rejects after the limit or when the program ends first. */
  waitFor(pattern: RegExp, limitMs?: number): Promise<RegExpExecArray>;
  write(text: string): void;
  /** Nothing more will be written. */
  end(): void;
  /** Ends it: the signal, then SIGKILL after the limit. Resolves with the exit code, null for a signal. */
  stop(name?: NodeJS.Signals, limitMs?: number): Promise<number | null>;
  readonly exited: Promise<number | null>;
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export function startProgram(
  command: string,
  args: readonly string[],
  options: {
    cwd?: string;
    env?: NodeJS.ProcessEnv;
    /** Signals go to the program and all it started, as a terminal's Ctrl+C does. */
    group?: boolean;
  } = {},
): ChildProgram {
  const { group = false, ...rest } = options;
  const child = spawn(command, args, { stdio: 'pipe', detached: group, ...rest });
  const signal = (name: NodeJS.Signals): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(group ? -child.pid : child.pid, name);
    } catch {
      // It ended meanwhile.
    }
  };
  running.add(child);
  let output = '';
  const watchers = new Set<() => void>();
  const take = (more: Buffer): void => {
    output += more.toString();
    for (const watch of [...watchers]) watch();
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  child.stdin.on('error', () => undefined);
  let ended = false;
  const exited = new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      output += `\n${command}: ${error.message}`;
      ended = true;
      resolve(null);
    });
    child.once('close', (code) => {
      ended = true;
      resolve(code);
    });
  }).then((code) => {
    running.delete(child);
    for (const watch of [...watchers]) watch();
    return code;
  });

  return {
    pid: child.pid ?? 0,
    output: () => output,
    exited,
    waitFor: (pattern, limitMs = 15_000) =>
      new Promise((resolve, reject) => {
        const settle = (action: () => void): void => {
          clearTimeout(timer);
          watchers.delete(look);
          action();
        };
        const look = (): void => {
          const match = pattern.exec(output);
          if (match) settle(() => resolve(match));
          else if (ended) settle(() => reject(new Error(`${command} ended before ${pattern}:\n${output.slice(-4000)}`)));
        };
        const timer = setTimeout(() => {
          settle(() => reject(new Error(`${command} did not say ${pattern} in ${limitMs} ms:\n${output.slice(-4000)}`)));
        }, limitMs);
        watchers.add(look);
        look();
      }),
    write: (text) => {
      child.stdin.write(text);
    },
    end: () => {
      child.stdin.end();
    },
    stop(name = 'SIGTERM', limitMs = 5_000) {
      if (!ended) {
        signal(name);
        setTimeout(() => {
          if (!ended) signal('SIGKILL');
        }, limitMs).unref();
      }
      return exited;
    },
  };
}
