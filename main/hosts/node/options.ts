/** The command line of the Node host. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

export interface Options {
  readonly profile: string;
  /** 0: the port of the last run, or any that is free. */
  readonly port: number;
  readonly open: boolean;
  /** A file whose first line is the passphrase, for a start without anybody to type it; null: none. */
  readonly passphraseFile: string | null;
}

/** Where a profile lives when none is named. */
function defaultProfile(): string {
  switch (process.platform) {
    case 'win32':
      return join(process.env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Ahoy');
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Ahoy');
    default:
      return join(process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'ahoy');
  }
}

/** Reads the arguments. Throws an Error with a sentence for the user where they do not fit. */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      profile: { type: 'string' },
      port: { type: 'string', default: '0' },
      'no-open': { type: 'boolean', default: false },
      'passphrase-file': { type: 'string' },
    },
    strict: true,
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`--port takes a number from 0 to 65535, not ${values.port}`);
  return { profile: values.profile ?? defaultProfile(), port, open: !values['no-open'], passphraseFile: values['passphrase-file'] ?? null };
}
