/** Measures a call every two seconds while it is talked. */
import { judge, type CallStatistics, type Quality } from '../media/statistics.ts';

const INTERVAL_MS = 2000;

export class CallQuality {
  now = $state.raw<Quality>({ verdict: 'waiting', lossPercent: 0, jitterMs: 0 });
  readonly #read: () => Promise<CallStatistics>;
  #before: CallStatistics | null = null;
  #timer: ReturnType<typeof setInterval> | null = null;

  constructor(read: () => Promise<CallStatistics>) {
    this.#read = read;
  }

  start(): void {
    this.#before = null;
    void this.#measure();
    this.#timer ??= setInterval(() => void this.#measure(), INTERVAL_MS);
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  async #measure(): Promise<void> {
    const read = await this.#read();
    this.now = judge(this.#before, read);
    this.#before = read;
  }
}
