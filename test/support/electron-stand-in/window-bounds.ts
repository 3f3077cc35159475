/** Where a window is and how large, by DIP; the least size is kept, and maximising is undone to what was before. */
import type { BrowserWindowConstructorOptions, Rectangle } from 'electron';
import { screen } from './screen.ts';

export class WindowBounds {
  #normal: Rectangle;
  #least: readonly [number, number];
  #most: readonly [number, number];
  /** The whole area that it fills, while it is maximised or on the full screen. */
  #filled: Rectangle | null = null;

  constructor(options: BrowserWindowConstructorOptions) {
    const { width = 800, height = 600, minWidth = 0, minHeight = 0, maxWidth = 0, maxHeight = 0 } = options;
    this.#least = [minWidth, minHeight];
    this.#most = [maxWidth, maxHeight];
    const { workArea } = screen.getPrimaryDisplay();
    const size = this.#limited({ x: 0, y: 0, width, height });
    this.#normal = {
      ...size,
      x: options.x ?? workArea.x + Math.round((workArea.width - size.width) / 2),
      y: options.y ?? workArea.y + Math.round((workArea.height - size.height) / 2),
    };
  }

  #limited(bounds: Rectangle): Rectangle {
    const limit = (value: number, least: number, most: number): number => Math.max(least, most > 0 ? Math.min(value, most) : value);
    return {
      x: Math.round(bounds.x),
      y: Math.round(bounds.y),
      width: limit(Math.round(bounds.width), this.#least[0], this.#most[0]),
      height: limit(Math.round(bounds.height), this.#least[1], this.#most[1]),
    };
  }

  get current(): Rectangle {
    return { ...(this.#filled ?? this.#normal) };
  }

  get normal(): Rectangle {
    return { ...this.#normal };
  }

  get least(): number[] {
    return [...this.#least];
  }

  get most(): number[] {
    return [...this.#most];
  }

  set(bounds: Partial<Rectangle>): void {
    for (const value of Object.values(bounds)) if (!Number.isFinite(value)) throw new TypeError('Error processing argument at index 0');
    this.#normal = this.#limited({ ...this.#normal, ...bounds });
  }

  setLeast(width: number, height: number): void {
    this.#least = [width, height];
    this.#normal = this.#limited(this.#normal);
  }

  setMost(width: number, height: number): void {
    this.#most = [width, height];
    this.#normal = this.#limited(this.#normal);
  }

  fill(kind: 'work area' | 'display' | null): void {
    const display = screen.getDisplayMatching(this.#normal);
    this.#filled = kind === null ? null : kind === 'display' ? display.bounds : display.workArea;
  }
}
