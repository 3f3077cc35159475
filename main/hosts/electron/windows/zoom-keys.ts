/** Ctrl or Cmd with plus, minus and zero zoom in, zoom out and reset, as in a browser. */
import type { Input, WebContents } from 'electron';
import type { ValueStore } from '../../../ports/history-store.ts';

const NAME = 'zoom-level';
/** Steps of 20 % each, as Chromium counts them: from about 60 % to about 250 %. */
const SMALLEST = -3;
const LARGEST = 5;
const STEP = 0.5;

/** The level that a key leads to; null where it is no such key. */
export function zoomedBy({ type, control, meta, alt, key }: Input, level: number): number | null {
  if (type !== 'keyDown' || alt || !(control || meta)) return null;
  if (key === '+' || key === '=') return Math.min(LARGEST, level + STEP);
  if (key === '-') return Math.max(SMALLEST, level - STEP);
  return key === '0' ? 0 : null;
}

/** Pages of one origin have one level, which is kept for the next start. */
export function followZoomKeys(contents: WebContents, values: ValueStore): void {
  contents.on('before-input-event', (event, input) => {
    const level = zoomedBy(input, contents.getZoomLevel());
    if (level === null) return;
    event.preventDefault();
    contents.setZoomLevel(level);
    values.set(NAME, level);
  });
  // As soon as the page's origin is known, before it is drawn.
  contents.on('did-navigate', () => {
    const level = values.get(NAME);
    if (typeof level === 'number' && level >= SMALLEST && level <= LARGEST) contents.setZoomLevel(level);
  });
}
