/** Tray: an icon that tests can read and click. */
import { EventEmitter } from 'node:events';
import type { Point, Rectangle } from 'electron';
import { requireReady } from './lifecycle.ts';
import type { Menu } from './menu.ts';
import { imageFrom, type NativeImage } from './native-image.ts';

const BOUNDS: Rectangle = { x: 1800, y: 0, width: 24, height: 24 };
const trays = new Set<Tray>();

export class Tray extends EventEmitter {
  #image: NativeImage;
  #pressed: NativeImage | null = null;
  #toolTip = '';
  #title = '';
  #menu: Menu | null = null;
  #destroyed = false;
  #ignoreDoubleClicks = false;
  readonly #guid: string | null;

  constructor(image: NativeImage | string, guid?: string) {
    super();
    requireReady('Cannot create Tray before app is ready');
    this.#image = imageFrom(image);
    this.#guid = guid ?? null;
    trays.add(this);
  }

  #live(): void {
    if (this.#destroyed) throw new Error('Tray is destroyed');
  }

  setImage(image: NativeImage | string): void {
    this.#live();
    this.#image = imageFrom(image);
  }

  setPressedImage(image: NativeImage | string): void {
    this.#live();
    this.#pressed = imageFrom(image);
  }

  setToolTip(toolTip: string): void {
    this.#live();
    this.#toolTip = toolTip;
  }

  setTitle(title: string): void {
    this.#live();
    this.#title = title;
  }

  getTitle(): string {
    this.#live();
    return this.#title;
  }

  setContextMenu(menu: Menu | null): void {
    this.#live();
    this.#menu = menu;
  }

  popUpContextMenu(menu?: Menu, _position?: Point): void {
    this.#live();
    (menu ?? this.#menu)?.popup();
  }

  closeContextMenu(): void {
    this.#live();
    this.#menu?.closePopup();
  }

  setIgnoreDoubleClickEvents(ignore: boolean): void {
    this.#ignoreDoubleClicks = ignore;
  }

  getIgnoreDoubleClickEvents(): boolean {
    return this.#ignoreDoubleClicks;
  }

  getGUID(): string | null {
    return this.#guid;
  }

  getBounds(): Rectangle {
    this.#live();
    return { ...BOUNDS };
  }

  focus(): void {
    this.#live();
  }

  destroy(): void {
    this.#destroyed = true;
    trays.delete(this);
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  /** For tests. */
  get standIn(): { image: NativeImage; pressed: NativeImage | null; toolTip: string; title: string; menu: Menu | null } {
    return { image: this.#image, pressed: this.#pressed, toolTip: this.#toolTip, title: this.#title, menu: this.#menu };
  }

  standInClick(kind: 'click' | 'double-click' | 'right-click'): void {
    const keys = { altKey: false, shiftKey: false, ctrlKey: false, metaKey: false, triggeredByAccelerator: false };
    const position = { x: BOUNDS.x + 12, y: BOUNDS.y + 12 };
    if (kind === 'click') this.emit(kind, keys, { ...BOUNDS }, position);
    else this.emit(kind, keys, { ...BOUNDS });
  }
}

/** The one tray that is there; two would be a mistake of the product's. */
export function theTray(): Tray | null {
  if (trays.size > 1) throw new Error(`there are ${trays.size} tray icons`);
  return [...trays][0] ?? null;
}
