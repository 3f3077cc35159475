/** The host Ahoy runs in: what it can do, and what it has to tell. */
import * as v from 'valibot';
import { CallId } from '../model/ids.ts';
import { EpochMs } from '../model/time.ts';
import { command, domain, event } from './define.ts';

export const HostCapabilities = v.strictObject({
  /** The host opens windows itself; where not, the page does. */
  windows: v.boolean(),
  tray: v.boolean(),
  autostart: v.boolean(),
  globalShortcuts: v.boolean(),
  updates: v.boolean(),
});
export type HostCapabilities = v.InferOutput<typeof HostCapabilities>;

/** Something the user must know once: it stays until dismissed. */
export const HostNotice = v.variant('kind', [
  /** The database could not be read; a fresh one was started, the old one is at `path`. */
  v.strictObject({ kind: v.literal('database-moved-aside'), id: v.string(), path: v.string(), atMs: EpochMs }),
]);
export type HostNotice = v.InferOutput<typeof HostNotice>;

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
      v.variant('kind', [v.strictObject({ kind: v.literal('main') }), v.strictObject({ kind: v.literal('call'), callId: CallId })]),
      v.null(),
    ),
    dismissNotice: command('Forgets a notice.', v.strictObject({ id: v.string() }), v.null()),
  },
  events: {
    noticed: event('There is something to tell.', v.strictObject({ notice: HostNotice })),
    noticeDismissed: event('A notice was dismissed.', v.strictObject({ id: v.string() })),
    frontRequested: event('A second start asks the main window to come to the front.', v.strictObject({})),
  },
});
