/** The present time as the screen shows it: by the second for timers, by the minute for ages. */
export class ScreenClock {
  secondMs = $state(Date.now());
  minuteMs = $state(Date.now());
  #timer: ReturnType<typeof setInterval> | null = null;

  start(): void {
    this.#timer ??= setInterval(() => {
      const nowMs = Date.now();
      this.secondMs = nowMs;
      if (Math.floor(nowMs / 60_000) !== Math.floor(this.minuteMs / 60_000)) this.minuteMs = nowMs;
    }, 1000);
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }
}
