/** Remembers what happened and lets a test wait for it instead of sleeping. */
export class Recorder<T> {
  readonly all: T[] = [];
  private readonly waiting = new Set<() => void>();

  add(fact: T): void {
    this.all.push(fact);
    for (const check of [...this.waiting]) check();
  }

  /** The first fact from index `from` on that fits, now or as soon as it comes. */
  until(fits: (fact: T) => boolean, what = 'a fact', from = 0, limitMs = 8_000): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.delete(check);
        reject(new Error(`${what} did not come; there were: ${JSON.stringify(this.all.slice(-12)).slice(0, 3_000)}`));
      }, limitMs);
      const check = (): void => {
        const found = this.all.slice(from).find(fits);
        if (found === undefined) return;
        clearTimeout(timer);
        this.waiting.delete(check);
        resolve(found);
      };
      this.waiting.add(check);
      check();
    });
  }
}
