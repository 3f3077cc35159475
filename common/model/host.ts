/** The host that Ahoy runs in: what it can do, which view it wants in front, and its notices to the user. */
import * as v from 'valibot';
import { ConversationId } from './ids.ts';
import { EpochMs } from './time.ts';

export const HostCapabilities = v.strictObject({
  /** The host opens windows itself; where not, the page does. */
  windows: v.boolean(),
  /** An icon in the system's tray, where Ahoy stays while its windows are closed. */
  tray: v.boolean(),
  /** Alerts: shown at all, by an open page with its browser, by the system, with buttons, with a field to reply in. */
  alerts: v.picklist(['none', 'page', 'plain', 'buttons', 'reply']),
  /** A card of its own for an incoming call, above other programs' windows. */
  incomingCard: v.boolean(),
  /** The system says how long nobody touched the computer, and when it is locked. */
  idle: v.boolean(),
  links: v.boolean(),
  autostart: v.boolean(),
  globalShortcuts: v.boolean(),
  updates: v.boolean(),
});
export type HostCapabilities = v.InferOutput<typeof HostCapabilities>;

/** What the main window is asked to show when it comes to the front. */
export const FrontView = v.variant('kind', [
  v.strictObject({ kind: v.literal('as-it-is') }),
  v.strictObject({ kind: v.literal('conversation'), conversationId: ConversationId }),
  v.strictObject({ kind: v.literal('calls') }),
  /** Where own status and note are set. */
  v.strictObject({ kind: v.literal('own-presence') }),
  /** To say that what was given (a link, the clipboard) names nobody who could be called. */
  v.strictObject({ kind: v.literal('nothing-to-call') }),
]);
export type FrontView = v.InferOutput<typeof FrontView>;

const LeftOutKind = v.picklist(['account', 'person', 'conversation', 'message', 'call']);
const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Something the user must know once: it stays until dismissed. */
export const HostNotice = v.variant('kind', [
  /** The database could not be read; a fresh one was started, the old one is at `path`. */
  v.strictObject({ kind: v.literal('database-moved-aside'), id: v.string(), path: v.string(), atMs: EpochMs }),
  /** Rows of the database could not be read and were left out: how many accounts, people and so on. */
  v.strictObject({ kind: v.literal('rows-left-out'), id: v.string(), counts: v.record(LeftOutKind, Count), atMs: EpochMs }),
]);
export type HostNotice = v.InferOutput<typeof HostNotice>;
