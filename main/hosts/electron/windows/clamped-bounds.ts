/** Moves a window back to a screen that exists. */
import type { Rectangle } from 'electron';

export const LEAST_SIZE = { width: 360, height: 480 };
/** So much of a window has to be on a screen for that to be its own. */
const VISIBLE_PX = 80;

/** The value, or the bound it is beyond. */
export const between = (value: number, least: number, most: number): number => Math.max(least, Math.min(value, most));

/** All of it on the screen that it is on already, as far as it fits; in the middle of the first where it is on none. */
export function clampedTo(areas: readonly Rectangle[], bounds: Rectangle): Rectangle {
  const home = areas.find((area) => {
    const width = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
    const height = Math.min(bounds.y + bounds.height, area.y + area.height) - Math.max(bounds.y, area.y);
    return width >= VISIBLE_PX && height >= VISIBLE_PX;
  });
  const area = home ?? areas[0];
  if (!area) return bounds;
  const width = between(bounds.width, LEAST_SIZE.width, Math.max(LEAST_SIZE.width, area.width));
  const height = between(bounds.height, LEAST_SIZE.height, Math.max(LEAST_SIZE.height, area.height));
  const [x, y] = home
    ? [bounds.x, bounds.y]
    : [area.x + Math.round((area.width - width) / 2), area.y + Math.round((area.height - height) / 2)];
  return { x: between(x, area.x, area.x + area.width - width), y: between(y, area.y, area.y + area.height - height), width, height };
}
