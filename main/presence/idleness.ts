/**
 * How a computer that is untouched or locked changes the status its user chose: available becomes away, and comes back
 * with the first touch. Busy, do not disturb and appear offline stay as chosen. A call in progress counts more than
 * either (presence.ts).
 */
import type { OwnStatus } from '../../common/model/presence.ts';

export interface AwayPolicy {
  /** Untouched for this long counts as away; null: never. */
  readonly afterMs: number | null;
  readonly whenLocked: boolean;
}

export interface Idleness {
  /** For how long nobody has touched the computer. */
  readonly idleMs: number;
  readonly locked: boolean;
}

export const ATTENDED: Idleness = { idleMs: 0, locked: false };

export function statusWhileIdle(status: OwnStatus, idleness: Idleness, policy: AwayPolicy): OwnStatus {
  if (status !== 'available') return status;
  const isIdle = policy.afterMs !== null && idleness.idleMs >= policy.afterMs;
  return isIdle || (idleness.locked && policy.whenLocked) ? 'away' : status;
}
