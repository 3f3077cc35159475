/** Why the host refused what a part of the settings asked last, until it asks again. */
import type { Failure, Outcome } from '../../../common/model/failure.ts';

export class Refusal {
  failure = $state.raw<Failure | null>(null);

  /** Waits for an answer and keeps its failure. Whether it was done. */
  async of(answer: Promise<Outcome<unknown>>): Promise<boolean> {
    this.failure = null;
    const outcome = await answer;
    this.failure = outcome.ok ? null : outcome.failure;
    return outcome.ok;
  }
}
