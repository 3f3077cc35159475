/**
 * Call windows where the page has to open them itself. A window is opened once for a call and only brought to
 * the front later: opening it again would load it anew and so end the call.
 */
import type { CallId } from '../../common/model/ids.ts';

const FEATURES = 'popup,width=380,height=560';

export class CallWindows {
  readonly #opened = new Map<CallId, Window>();

  /** Opens or brings to the front; false where the browser does not let us. */
  show(callId: CallId): boolean {
    const known = this.#opened.get(callId);
    if (known && !known.closed) {
      known.focus();
      return true;
    }
    const opened = window.open(`/call.html?call=${encodeURIComponent(callId)}`, `ahoy-call-${callId}`, FEATURES);
    if (!opened) return false;
    this.#opened.set(callId, opened);
    return true;
  }

  /** Whether this page has a window of the call. */
  has(callId: CallId): boolean {
    const known = this.#opened.get(callId);
    return known !== undefined && !known.closed;
  }
}
