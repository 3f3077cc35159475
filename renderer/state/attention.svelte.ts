/** Whether somebody looks at this window: it is visible and has the focus. */
export class Attention {
  present = $state(document.visibilityState === 'visible' && document.hasFocus());

  readonly #look = (): void => {
    this.present = document.visibilityState === 'visible' && document.hasFocus();
  };

  start(): void {
    window.addEventListener('focus', this.#look);
    window.addEventListener('blur', this.#look);
    document.addEventListener('visibilitychange', this.#look);
    this.#look();
  }

  stop(): void {
    window.removeEventListener('focus', this.#look);
    window.removeEventListener('blur', this.#look);
    document.removeEventListener('visibilitychange', this.#look);
  }
}
