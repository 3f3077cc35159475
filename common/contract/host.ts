/** The host that Ahoy runs in: what it can do, which view it wants in front, and its notices to the user. */
import * as v from 'valibot';
import { FrontView, HostCapabilities, HostNotice } from '../model/host.ts';
import { CallId } from '../model/ids.ts';
import { EpochMs } from '../model/time.ts';
import { command, domain, event } from './define.ts';

export const host = domain({
  snapshot: v.strictObject({
    version: v.string(),
    capabilities: HostCapabilities,
    startedAtMs: EpochMs,
    notices: v.array(HostNotice),
  }),
  commands: {
    openWindow: command(
      'Opens or brings to the front a window; `conflict` where the page has to open it itself.',
      v.variant('kind', [
        v.strictObject({ kind: v.literal('main'), view: v.optional(FrontView, { kind: 'as-it-is' }) }),
        v.strictObject({ kind: v.literal('call'), callId: CallId }),
        v.strictObject({ kind: v.literal('dial') }),
      ]),
      v.null(),
    ),
    dismissNotice: command('Forgets a notice.', v.strictObject({ id: v.string() }), v.null()),
  },
  events: {
    noticed: event('There is something to tell.', v.strictObject({ notice: HostNotice })),
    noticeDismissed: event('A notice was dismissed.', v.strictObject({ id: v.string() })),
    frontRequested: event('The main window is asked to come to the front and to show something.', v.strictObject({ view: FrontView })),
  },
});
