/** The commands and the present state of the contract's domain `settings`. */
import { MOST_TRUSTED_HOSTS } from '../../../common/model/settings.ts';
import { failed, success, type Outcome } from '../../../common/model/failure.ts';
import type { UserSettings } from '../user-settings.ts';
import type { Serve } from './served.ts';

export const serveSettings: Serve<'settings'> = ({ core: { settings }, adapters: { desktop } }) => {
  function change(changes: Parameters<UserSettings['set']>[0]): Outcome<null> {
    settings.set(changes);
    return success(null);
  }

  const trustedWithout = (host: string): string[] => settings.present().trustedLinkHosts.filter((each) => each !== host);

  return {
    snapshot: () => ({ settings: settings.present() }),
    commands: {
      set: (input) => change(input.settings as Parameters<UserSettings['set']>[0]),
      async setUpdateUrl({ url }) {
        if (url === settings.present().updateUrl) return success(null);
        if (url !== null && !(await desktop.confirmUpdateUrl(url))) return failed('not-confirmed');
        return change({ updateUrl: url });
      },
      trustLinkHost: ({ host }) => change({ trustedLinkHosts: [...trustedWithout(host), host].slice(-MOST_TRUSTED_HOSTS) }),
      distrustLinkHost: ({ host }) => change({ trustedLinkHosts: trustedWithout(host) }),
    },
  };
};
