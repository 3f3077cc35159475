/** Whether somebody looks at this window: it is visible and has the focus. */
export class Attention {
  present = $state(document.visibilityState === 'visible' && document.hasFocus());

  readonly #refresh = (): void => {
    this.present = document.visibilityState === 'visible' && document.hasFocus();
  };

  start(): void {
    window.addEventListener('focus', this.#refresh);
    window.addEventListener('blur', this.#refresh);
    document.addEventListener('visibilitychange', this.#refresh);
    this.#refresh();
  }

  stop(): void {
    window.removeEventListener('focus', this.#refresh);
    window.removeEventListener('blur', this.#refresh);
    document.removeEventListener('visibilitychange', this.#refresh);
  }
}
