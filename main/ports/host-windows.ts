/** What the core asks of the host's windows. A host that opens none (the page does) answers false. */
import type { Call } from '../../common/model/call.ts';
import type { CallId } from '../../common/model/ids.ts';

export interface HostWindows {
  /** Opens or brings to the front the main window. */
  openMain(): boolean;
  /** Opens or brings to the front the call's window, which then claims the call's media. */
  openCall(callId: CallId): boolean;
  /** Opens or brings to the front the small window with one field: whom to call. */
  openDial(): boolean;
  /**
   * Shows a card for each of these calls, above other programs' windows and without the focus, or hides them for none.
   * MUST do nothing where they are what is shown already, and where the host has no card.
   */
  showCard(ringing: readonly Pick<Call, 'id' | 'video'>[], isInCall: boolean): void;
}
