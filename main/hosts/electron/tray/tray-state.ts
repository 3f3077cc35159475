/** What the tray's icon shows: registration and own presence in one mark, and whether something is unread. */
import { isUsable } from '../../../../common/model/account.ts';
import type { CoreState } from '../shell/core-mirror.ts';
import { unreadCount } from '../shell/core-mirror.ts';

export type TrayMark = 'available' | 'busy' | 'away' | 'do-not-disturb' | 'offline';

/** Offline is shown while no account is registered, whatever was chosen: nobody can reach us then. */
export function trayMark(state: CoreState): TrayMark {
  const reachable = [...state.accounts.values()].some((account) => isUsable(account.registration));
  const shown = state.own?.shown ?? 'offline';
  if (!reachable) return 'offline';
  switch (shown) {
    case 'on-the-phone':
      return 'busy';
    case 'unknown':
      return 'offline';
    default:
      return shown;
  }
}

export function somethingWaits(state: CoreState): boolean {
  return unreadCount(state) > 0 || state.unseenMissedCount > 0 || [...state.voicemail.values()].some((box) => box.newCount > 0);
}
