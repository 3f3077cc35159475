/** The user's choices that belong to no single account. */
import * as v from 'valibot';
import { LinkHost, Settings } from '../model/settings.ts';
import { command, domain, event } from './define.ts';

export const settings = domain({
  snapshot: v.strictObject({ settings: Settings }),
  commands: {
    set: command(
      'Replaces the settings given.',
      v.strictObject({ settings: v.partial(v.omit(Settings, ['trustedLinkHosts', 'updateUrl'])) }),
      v.null(),
    ),
    setUpdateUrl: command(
      'Where updates are asked for; a new address is asked about outside the page first.',
      v.strictObject({ url: v.unwrap(Settings.entries.updateUrl) }),
      v.null(),
    ),
    trustLinkHost: command('Opens web links of this host without a question.', v.strictObject({ host: LinkHost }), v.null()),
    distrustLinkHost: command('Asks about web links of this host again.', v.strictObject({ host: LinkHost }), v.null()),
  },
  events: {
    changed: event('Settings changed.', v.strictObject({ settings: Settings })),
  },
});
