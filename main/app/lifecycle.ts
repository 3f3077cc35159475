/** The order in which the core starts and ends. */
import type { Clock } from '../ports/clock.ts';
import type { AppAdapters } from './adapters.ts';
import type { Core } from './compose.ts';
import type { Facts } from './facts.ts';

export interface Lifecycle {
  /** Resolves when the secrets were opened at the start, or could not be. */
  readonly secretsTried: Promise<null>;
  start(): Promise<void>;
  /** Ends calls, takes publications and bindings back. Bounded; never rejects. False where it was asked before. */
  stop(): Promise<boolean>;
}

/** Whoever does not answer by then is not waited for. */
const STOP_MS = 2_500;

export function createLifecycle(core: Core, adapters: AppAdapters, facts: Facts): Lifecycle {
  const { clock, logger, secrets, store } = adapters;
  const { accounts, calls, notices, practice, presence, settings, watches } = core;
  const secretsTried = Promise.withResolvers<null>();
  let isStarted = false;
  let isStopped = false;

  secrets.onChange(() => {
    facts.publish('secrets.changed', { secrets: secrets.present() });
    if (isStarted && secrets.present().state === 'open') void accounts.secretsOpened();
  });

  return {
    secretsTried: secretsTried.promise,
    async start() {
      notices.follow(store);
      facts.publish('settings.changed', { settings: settings.present() });
      await secrets.open().finally(() => {
        secretsTried.resolve(null);
      });
      await accounts.start();
      isStarted = true;
      watches.refresh();
      await practice.resume();
    },
    async stop() {
      if (isStopped) return false;
      isStopped = true;
      watches.stop();
      calls.endAll();
      const orderly = presence
        .stop()
        .then(() => accounts.stop())
        .then(() => practice.stop())
        .catch((error: unknown) => {
          logger.warn('not everything was taken back', { error: String(error) });
        });
      await Promise.race([orderly, after(clock, STOP_MS)]);
      return true;
    },
  };
}

function after(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(delayMs, resolve);
  });
}
