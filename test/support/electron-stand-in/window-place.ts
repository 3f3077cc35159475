/** The half of BrowserWindow that is its place: where it is, how large, and the events of both. */
import type { BrowserWindowConstructorOptions, Rectangle } from 'electron';
import { screen } from './screen.ts';
import { WindowBounds } from './window-bounds.ts';
import { WindowChrome } from './window-chrome.ts';

export abstract class WindowPlace extends WindowChrome {
  readonly #bounds: WindowBounds;

  constructor(options: BrowserWindowConstructorOptions) {
    super(options);
    this.#bounds = new WindowBounds(options);
  }

  /** Its page has this size now. */
  protected abstract sized(width: number, height: number): void;

  /** What changed is told: `move` and `resize`, and at the end of a person's own doing `moved` and `resized`. */
  #rebound(change: () => void, byPerson = false): void {
    const before = this.#bounds.current;
    change();
    const after = this.#bounds.current;
    const moved = before.x !== after.x || before.y !== after.y;
    const resized = before.width !== after.width || before.height !== after.height;
    if (resized) this.sized(after.width, after.height);
    if (resized) this.emit('resize');
    if (moved) this.emit('move');
    if (resized && byPerson) this.emit('resized');
    if (moved && byPerson) this.emit('moved');
  }

  protected fill(kind: 'work area' | 'display' | null): void {
    this.#rebound(() => this.#bounds.fill(kind));
  }

  getBounds(): Rectangle {
    return this.#bounds.current;
  }

  getContentBounds(): Rectangle {
    return this.#bounds.current;
  }

  getNormalBounds(): Rectangle {
    return this.#bounds.normal;
  }

  setBounds(bounds: Partial<Rectangle>, _animate?: boolean): void {
    this.#rebound(() => this.#bounds.set(bounds));
  }

  standInMove(bounds: Partial<Rectangle>): void {
    this.#rebound(() => this.#bounds.set(bounds), true);
  }

  setSize(width: number, height: number, _animate?: boolean): void {
    this.setBounds({ width, height });
  }

  getSize(): number[] {
    const { width, height } = this.#bounds.current;
    return [width, height];
  }

  setContentSize(width: number, height: number, _animate?: boolean): void {
    this.setBounds({ width, height });
  }

  getContentSize(): number[] {
    return this.getSize();
  }

  setPosition(x: number, y: number, _animate?: boolean): void {
    this.setBounds({ x, y });
  }

  getPosition(): number[] {
    const { x, y } = this.#bounds.current;
    return [x, y];
  }

  center(): void {
    const { width, height } = this.#bounds.current;
    const { workArea } = screen.getDisplayMatching(this.#bounds.normal);
    this.setPosition(workArea.x + Math.round((workArea.width - width) / 2), workArea.y + Math.round((workArea.height - height) / 2));
  }

  setMinimumSize(width: number, height: number): void {
    this.#rebound(() => this.#bounds.setLeast(width, height));
  }

  getMinimumSize(): number[] {
    return this.#bounds.least;
  }

  setMaximumSize(width: number, height: number): void {
    this.#rebound(() => this.#bounds.setMost(width, height));
  }

  getMaximumSize(): number[] {
    return this.#bounds.most;
  }
}
