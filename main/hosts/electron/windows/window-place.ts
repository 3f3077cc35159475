/**
 * Remembers where the main window was, over a restart, and brings it back to a screen that exists: a window on a
 * screen that was unplugged would be open and invisible.
 */
import { screen, type BrowserWindow } from 'electron';
import * as v from 'valibot';
import type { ValueStore } from '../../../ports/history-store.ts';
import { clampedTo } from './clamped-bounds.ts';

const Bounds = v.object({ x: v.number(), y: v.number(), width: v.number(), height: v.number() });
const Place = v.object({ bounds: Bounds, maximised: v.boolean() });
export type Place = v.InferOutput<typeof Place>;

const NAME = 'main-window-place';
const SETTLE_MS = 400;
export const DEFAULT_SIZE = { width: 1080, height: 720 };

/** Null at the first start: the system places the window. */
export function rememberedPlace(values: ValueStore): Place | null {
  const parsed = v.safeParse(Place, values.get(NAME));
  if (!parsed.success) return null;
  const primary = screen.getPrimaryDisplay();
  const areas = [primary, ...screen.getAllDisplays().filter((each) => each.id !== primary.id)].map((each) => each.workArea);
  return { ...parsed.output, bounds: clampedTo(areas, parsed.output.bounds) };
}

/** Returns what ends it: keeps the place for the last time, before the database is closed. */
export function keepPlace(window: BrowserWindow, values: ValueStore): () => void {
  let timer: NodeJS.Timeout | null = null;
  let isOver = false;
  const keep = (): void => {
    if (timer) clearTimeout(timer);
    timer = null;
    if (!isOver && !window.isDestroyed()) values.set(NAME, { bounds: window.getNormalBounds(), maximised: window.isMaximized() });
  };
  const soon = (): void => {
    timer ??= setTimeout(keep, SETTLE_MS);
  };
  window.on('move', soon);
  window.on('resize', soon);
  window.on('maximize', soon);
  window.on('unmaximize', soon);
  window.on('close', () => {
    if (timer) keep();
  });
  return () => {
    if (timer) keep();
    isOver = true;
  };
}
