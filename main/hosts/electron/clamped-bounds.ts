/** Brings a window back to a screen that exists. */
import type { Rectangle } from 'electron';

export const LEAST_SIZE = { width: 360, height: 480 };
/** So much of a window has to be on a screen for it to count as there: a title bar that can be taken hold of. */
const VISIBLE_PX = 80;

/** The bounds themselves where enough of them is on a screen, else as much of them as fits, in the middle of the first. */
export function clampedTo(areas: readonly Rectangle[], bounds: Rectangle): Rectangle {
  const shared = (area: Rectangle): { width: number; height: number } => ({
    width: Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x),
    height: Math.min(bounds.y + bounds.height, area.y + area.height) - Math.max(bounds.y, area.y),
  });
  const home = areas.find((area) => {
    const { width, height } = shared(area);
    // The title bar is at the top: what is above the screen cannot be taken hold of.
    return width >= VISIBLE_PX && height >= VISIBLE_PX && bounds.y >= area.y - 8;
  });
  const area = home ?? areas[0];
  if (!area) return bounds;
  const width = Math.max(LEAST_SIZE.width, Math.min(bounds.width, area.width));
  const height = Math.max(LEAST_SIZE.height, Math.min(bounds.height, area.height));
  if (home) return { x: bounds.x, y: bounds.y, width, height };
  return {
    x: Math.round(area.x + (area.width - width) / 2),
    y: Math.round(area.y + (area.height - height) / 2),
    width,
    height,
  };
}
