/**
 * Which incoming calls may ring. Strangers share a few places and a rate, so that somebody who calls only to make it
 * ring leaves room for people the user knows. The user's own calls are not counted here.
 */
import { isSameParty, type CallParty } from '../../common/model/call.ts';
import { Ration } from '../../common/model/ration.ts';
import type { Clock } from '../ports/clock.ts';

/** At once, of one caller. */
const MOST_OF_ONE = 2;
/** At once, of callers the user does not know. */
const MOST_STRANGERS = 3;
/** At once, of all. */
const MOST_RINGING = 6;
/** Strangers in a row, and one more for each span. */
const BURST = 8;
const REFILL_MS = 10_000;

export interface Caller {
  /** Who calls whom. */
  readonly party: CallParty;
  readonly isKnown: boolean;
}

export interface Admission {
  /** Whether one more call may ring beside those that do; a stranger's is counted. */
  mayRing(caller: Caller, ringing: readonly Caller[]): boolean;
}

export function createAdmission(clock: Clock): Admission {
  const ofStrangers = new Ration(BURST, REFILL_MS, clock.now());
  return {
    mayRing(caller, ringing) {
      if (ringing.length >= MOST_RINGING) return false;
      if (ringing.filter(({ party }) => isSameParty(party, caller.party)).length >= MOST_OF_ONE) return false;
      if (caller.isKnown) return true;
      if (ringing.filter(({ isKnown }) => !isKnown).length >= MOST_STRANGERS || !ofStrangers.hasLeft(clock.now())) return false;
      ofStrangers.take();
      return true;
    },
  };
}
