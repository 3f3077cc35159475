/** How every connection ends: once, and with a notification unless we closed it ourselves. */
import type { Failure } from '../../../common/model/failure.ts';
import type { Clock } from '../../ports/clock.ts';

/** What was written last (a BYE, an un-REGISTER) still goes out; then it is over in any case. */
const LINGER_MS = 1_000;

/** What may wait unsent before the far side counts as stuck. */
export const MOST_UNSENT_BYTES = 4 * 1024 * 1024;
export const STUCK: Failure = { code: 'connection-lost', detail: 'the far side takes nothing any more' };
export const NO_PONG: Failure = { code: 'connection-lost', detail: 'no answer to keepalive' };

export class ConnectionLife {
  isOver = false;
  private readonly clock: Clock;
  private readonly destroy: () => void;
  private readonly closed: (failure: Failure) => void;
  private cancelTimer = (): void => undefined;

  /** `destroy` frees what is held, and may be called more than once; `closed` is called with the reason. */
  constructor(clock: Clock, destroy: () => void, closed: (failure: Failure) => void) {
    this.clock = clock;
    this.destroy = destroy;
    this.closed = closed;
  }

  /** The one thing a connection waits for, in place of what it waited for before; nothing once it is over. */
  after(delayMs: number, action: () => void): void {
    this.cancelTimer();
    if (!this.isOver) this.cancelTimer = this.clock.after(delayMs, action);
  }

  /** It waits for nothing. */
  rest(): void {
    this.cancelTimer();
  }

  /** It broke, or the far side ended it. */
  readonly end = (failure: Failure): void => {
    if (this.isOver) return;
    this.isOver = true;
    this.cancelTimer();
    this.destroy();
    this.closed(failure);
  };

  /** We end it, by `leave`; `closed` is not called. */
  close(leave: () => void): void {
    if (this.isOver) return;
    this.isOver = true;
    this.cancelTimer();
    leave();
    this.clock.after(LINGER_MS, this.destroy);
  }
}
