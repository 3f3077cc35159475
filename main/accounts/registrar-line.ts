/**
 * One account's line to its registrar: feeds what the user agent reports into the registration and starts
 * the next attempt when it is due.
 */
import { isUsable, type Registration } from '../../common/model/account.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import type { UserAgent } from '../ports/sip-stack.ts';
import { afterFact, initialRegistration, retryDelayMs, type RegistrationFact } from './registration.ts';

export interface RegistrarLine {
  readonly registration: () => Registration;
  readonly report: (fact: RegistrationFact) => void;
  /** Tries now, whatever was planned. */
  readonly attemptNow: (userAgent: UserAgent) => void;
  /** The network changed or the machine woke up: a new connection at once. */
  readonly reconnectNow: (userAgent: UserAgent) => void;
  readonly stop: () => void;
}

export function createRegistrarLine(
  clock: Clock,
  random: Random,
  onChange: (now: Registration, wasUsable: boolean) => void,
  onDue: () => void,
): RegistrarLine {
  let registration = initialRegistration(clock.now());
  let failedAttempts = 0;
  let cancelRetry: (() => void) | null = null;

  function report(fact: RegistrationFact): void {
    const failure = 'failure' in fact ? fact.failure : null;
    const delayMs =
      failure === null
        ? null
        : retryDelayMs(failure, failedAttempts, random.fraction(), 'retryAfterSeconds' in fact ? fact.retryAfterSeconds : null);
    const next = afterFact(registration, fact, clock.now(), delayMs);
    if (next === registration) return;
    const wasUsable = isUsable(registration);
    registration = next;
    cancelRetry?.();
    cancelRetry = null;
    if (next.failure !== null) {
      failedAttempts += 1;
      if (delayMs !== null) cancelRetry = clock.after(delayMs, onDue);
    } else if (next.state === 'registered' || next.state === 'unregistered') {
      failedAttempts = 0;
    }
    onChange(next, wasUsable);
  }

  return {
    registration: () => registration,
    report,
    attemptNow(userAgent) {
      report({ kind: 'attempt' });
      userAgent.attempt();
    },
    reconnectNow(userAgent) {
      report({ kind: 'attempt' });
      userAgent.reconnect();
    },
    stop() {
      cancelRetry?.();
      cancelRetry = null;
    },
  };
}
