/** Where a further window opens: beside the open ones, not over them. */
import type { Rectangle } from 'electron';
import { between } from './clamped-bounds.ts';

const GAP_PX = 12;
const STEP_PX = 32;

/** To the right of the others, else to the left, else a step down from the last one; null without others. */
export function besideOthers(area: Rectangle, others: readonly Rectangle[], size: { readonly width: number; readonly height: number }) {
  const last = others.at(-1);
  if (!last) return null;
  const [rightmost, lowest] = [area.x + area.width - size.width, area.y + area.height - size.height];
  const y = between(last.y, area.y, lowest);
  const right = Math.max(...others.map((each) => each.x + each.width)) + GAP_PX;
  if (right <= rightmost) return { x: right, y };
  const left = Math.min(...others.map((each) => each.x)) - GAP_PX - size.width;
  if (left >= area.x) return { x: left, y };
  return { x: between(last.x + STEP_PX, area.x, rightmost), y: between(last.y + STEP_PX, area.y, lowest) };
}
