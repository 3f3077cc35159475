/** Where a further window goes: beside those that are there already, not over them. */
import type { Rectangle } from 'electron';

const GAP_PX = 12;
const STEP_PX = 32;

/** To the right of the others, else to the left, else a step down from the last one; null without others. */
export function besideOthers(area: Rectangle, others: readonly Rectangle[], size: { readonly width: number; readonly height: number }) {
  const last = others.at(-1);
  if (!last) return null;
  const y = Math.max(area.y, Math.min(last.y, area.y + area.height - size.height));
  const right = Math.max(...others.map((each) => each.x + each.width)) + GAP_PX;
  if (right + size.width <= area.x + area.width) return { x: right, y };
  const left = Math.min(...others.map((each) => each.x)) - GAP_PX - size.width;
  if (left >= area.x) return { x: left, y };
  const fits = (value: number, from: number, room: number, needed: number): number => Math.max(from, Math.min(value, from + room - needed));
  return {
    x: fits(last.x + STEP_PX, area.x, area.width, size.width),
    y: fits(last.y + STEP_PX, area.y, area.height, size.height),
  };
}
