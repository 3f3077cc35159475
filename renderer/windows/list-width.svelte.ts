/** How wide the list beside the detail is, in CSS pixels: dragged or set by keys, and kept for the next start. */
const NAME = 'ahoy.list-width';

export const USUAL_PX = 320;
export const LEAST_PX = 240;
export const MOST_PX = 520;
/** What a press of an arrow key changes. */
export const STEP_PX = 16;

export class ListWidth {
  px = $state(USUAL_PX);
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
    this.set(Number(storage.getItem(NAME) ?? USUAL_PX));
  }

  set(px: number): void {
    this.px = Number.isFinite(px) ? Math.round(Math.min(MOST_PX, Math.max(LEAST_PX, px))) : USUAL_PX;
    this.#storage.setItem(NAME, String(this.px));
  }
}
