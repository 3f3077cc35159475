/** What the core asks of the host's windows. A host that opens none (the page does) answers false. */
import type { CallId } from '../../common/model/ids.ts';

export interface HostWindows {
  /** Opens or brings to the front the main window. */
  openMain(): boolean;
  /** Opens or brings to the front the call's window, which then claims the call's media. */
  openCall(callId: CallId): boolean;
  /** Opens or brings to the front the small window with one field: whom to call. */
  openDial(): boolean;
}
