/** Presence in words, with its age. */
import type { OwnStatus, PresenceStatus, Presentity } from '../model/presence.ts';
import { m } from './generated/messages.js';
import { pointInTime } from './time-words.ts';

const words: Readonly<Record<PresenceStatus | OwnStatus, () => string>> = {
  available: m.status_available,
  busy: m.status_busy,
  away: m.status_away,
  'do-not-disturb': m.status_do_not_disturb,
  'on-the-phone': m.status_on_the_phone,
  offline: m.status_offline,
  unknown: m.status_unknown,
  'appear-offline': m.status_appear_offline,
};

export function statusWords(status: PresenceStatus | OwnStatus): string {
  return words[status]();
}

/** The colour and shape of a status; who appears offline looks offline. */
export function shownStatus(status: PresenceStatus | OwnStatus): PresenceStatus {
  return status === 'appear-offline' ? 'offline' : status;
}

/** "Available since 10:42 · In the workshop"; without the age where none is known. */
export function presenceLine(presentity: Presentity, nowMs: number): string {
  const status =
    presentity.sinceMs > 0
      ? m.status_since({ status: statusWords(presentity.status), time: pointInTime(presentity.sinceMs, nowMs) })
      : statusWords(presentity.status);
  return presentity.note ? m.status_with_note({ status, note: presentity.note }) : status;
}
