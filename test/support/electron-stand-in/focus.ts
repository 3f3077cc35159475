/** Which of the app's windows has the focus: one at most. When it goes, the one that had it before gets it, as window managers do. */
export interface Focusable {
  canHaveFocus(): boolean;
  focusChanged(focused: boolean): void;
}

/** The last is the one that had it last. */
const order: Focusable[] = [];
let focused: Focusable | null = null;

export const hasFocus = (window: Focusable): boolean => focused === window;

function change(to: Focusable | null): void {
  if (focused === to) return;
  const before = focused;
  focused = to;
  before?.focusChanged(false);
  if (focused === to) to?.focusChanged(true);
}

export function giveFocus(window: Focusable): void {
  if (!window.canHaveFocus()) return;
  const at = order.indexOf(window);
  if (at >= 0) order.splice(at, 1);
  order.push(window);
  change(window);
}

/** The window was hidden, minimised or closed. */
export function leaveFocus(window: Focusable, forGood: boolean): void {
  const at = order.indexOf(window);
  if (forGood && at >= 0) order.splice(at, 1);
  if (focused !== window) return;
  change(order.findLast((one) => one !== window && one.canHaveFocus()) ?? null);
}

/** Another program has it. */
export function takeFocusAway(): void {
  change(null);
}
