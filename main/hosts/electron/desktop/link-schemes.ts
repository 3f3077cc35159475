/**
 * Which links the system opens with Ahoy. Packages register us as one choice; whether we are the one that is used is
 * the user's decision. On Linux xdg-mime is asked without waiting, because Electron's own function blocks.
 */
import { execFile } from 'node:child_process';
import { app } from 'electron';
import { LinkScheme, type LinkHandling } from '../../../../common/model/desktop.ts';
import { failed, success, type Outcome } from '../../../../common/model/failure.ts';
import { launchCommand } from '../launch/launch-command.ts';

export interface LinkSchemes {
  /** How it stands with each; asks the system. */
  read(): Promise<readonly LinkHandling[]>;
  set(enabled: boolean): Promise<Outcome<null>>;
}

const DESKTOP_FILE = 'ahoy.desktop';
const ANSWER_MS = 5_000;

function run(program: string, args: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(program, [...args], { timeout: ANSWER_MS }, (error, output) => {
      resolve(error ? null : output.trim());
    });
  });
}

const typeOf = (scheme: LinkScheme): string => `x-scheme-handler/${scheme}`;

const linuxSchemes: LinkSchemes = {
  async read() {
    const found: LinkHandling[] = [];
    for (const scheme of LinkScheme.options) {
      const handler = await run('xdg-mime', ['query', 'default', typeOf(scheme)]);
      found.push({ scheme, state: handler === null ? 'unsupported' : handler === DESKTOP_FILE ? 'ours' : 'other' });
    }
    return found;
  },
  async set(enabled) {
    // xdg-mime can only name another program, not none; which one that would be is not ours to choose.
    if (!enabled) return failed('not-supported', { detail: 'choose another program in the settings of the system' });
    if ((await run('xdg-mime', ['default', DESKTOP_FILE, ...LinkScheme.options.map(typeOf)])) === null)
      return failed('not-supported', { detail: 'xdg-mime is missing or refused' });
    const isOurs = (await linuxSchemes.read()).every(({ state }) => state === 'ours');
    return isOurs ? success(null) : failed('not-supported', { detail: `${DESKTOP_FILE} is not installed` });
  },
};

/** After `--` everything is a link: what a link says can never be an option. */
const asked = (): [string, string[]] => {
  const { program, args } = launchCommand();
  return [program, [...args, '--']];
};

const otherSchemes: LinkSchemes = {
  read: () =>
    Promise.resolve(
      LinkScheme.options.map((scheme) => ({ scheme, state: app.isDefaultProtocolClient(scheme, ...asked()) ? 'ours' : 'other' })),
    ),
  set(enabled) {
    const done = LinkScheme.options.map((scheme) =>
      enabled ? app.setAsDefaultProtocolClient(scheme, ...asked()) : app.removeAsDefaultProtocolClient(scheme, ...asked()),
    );
    return Promise.resolve(done.every(Boolean) ? success(null) : failed('not-supported', { detail: 'the system refused it' }));
  },
};

export function createLinkSchemes(): LinkSchemes {
  return process.platform === 'linux' ? linuxSchemes : otherSchemes;
}
