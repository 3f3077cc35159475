/**
 * Call windows where the page has to open them itself. A window is opened once for a call and only brought to
 * the front later: opening it again would reload it and so end the call.
 */
import type { CallId } from '../../common/model/ids.ts';

const WIDTH_PX = 380;
const HEIGHT_PX = 560;
const GAP_PX = 12;

export class PageCallWindows {
  readonly #opened = new Map<CallId, Window>();

  /** Opens or brings to the front; false where the browser does not let us. */
  show(callId: CallId): boolean {
    const known = this.#opened.get(callId);
    if (known && !known.closed) {
      known.focus();
      return true;
    }
    const opened = window.open(`/call.html?call=${encodeURIComponent(callId)}`, `ahoy-call-${callId}`, this.#features());
    if (!opened) return false;
    this.#opened.set(callId, opened);
    return true;
  }

  /** Beside the windows of other calls; the browser brings it back to the screen where that leads off it. */
  #features(): string {
    const others = [...this.#opened.values()].filter((each) => !each.closed);
    const size = `popup,width=${WIDTH_PX},height=${HEIGHT_PX}`;
    const last = others.at(-1);
    if (!last) return size;
    const right = Math.max(...others.map((each) => each.screenX + each.outerWidth)) + GAP_PX;
    const fits = right + WIDTH_PX <= window.screen.availWidth;
    return `${size},left=${fits ? right : last.screenX - WIDTH_PX - GAP_PX},top=${last.screenY}`;
  }

  /** Whether this page has a window of the call. */
  has(callId: CallId): boolean {
    const known = this.#opened.get(callId);
    return known !== undefined && !known.closed;
  }
}
