/**
 * How a ringing call is announced: by the main window while somebody looks at it, otherwise by an alert and by the
 * card, where the host has one. Decided here alone, so that alert and card come and go together.
 */
import { isRinging, type Call } from '../../common/model/call.ts';
import type { CallId } from '../../common/model/ids.ts';
import type { AlertDisplay } from '../ports/alert-display.ts';

export interface CallAnnouncementsHooks {
  /** Whether the user looks at a main window. */
  isLookedAt(): boolean;
  nameOf(call: Call): string;
  /** The calls that the card is to show, none to hide it; and whether the user is in another call. */
  cardChanged(ringing: readonly Call[], isInCall: boolean): void;
}

export interface CallAnnouncements {
  callChanged(call: Call): void;
  attentionChanged(): void;
}

const ofCall = (id: CallId): string => `call ${id}`;

export function createCallAnnouncements(alerts: AlertDisplay, hooks: CallAnnouncementsHooks): CallAnnouncements {
  const calls = new Map<CallId, Call>();
  const alerted = new Set<CallId>();

  function announce(): void {
    const all = [...calls.values()];
    const ringing = all.filter(isRinging);
    const announced = hooks.isLookedAt() ? [] : ringing;
    for (const id of alerted) {
      if (announced.some((call) => call.id === id)) continue;
      alerted.delete(id);
      alerts.remove(ofCall(id));
    }
    for (const call of announced) {
      if (alerted.has(call.id)) continue;
      alerted.add(call.id);
      const { id: callId, peer: address, video } = call;
      alerts.show(ofCall(callId), { kind: 'incoming-call', callId, name: hooks.nameOf(call), address, video });
    }
    hooks.cardChanged(announced, ringing.length < all.length);
  }

  return {
    callChanged(call) {
      if (call.state === 'ended') calls.delete(call.id);
      else calls.set(call.id, call);
      announce();
    },
    attentionChanged: announce,
  };
}
