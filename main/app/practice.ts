/**
 * "Try it without an account": starts the practice exchange, signs in to it and adds its colleagues. Removing it
 * removes all of that again, with every message.
 */
import { failed, success, type Outcome } from '../../common/model/failure.ts';
import type { AccountId } from '../../common/model/ids.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { People } from '../people/people.ts';
import type { Messaging } from '../messaging/messaging.ts';
import type { Logger } from '../ports/logger.ts';
import type { PracticeExchange } from '../ports/practice-exchange.ts';

export interface PracticeState {
  readonly running: boolean;
  readonly accountId: AccountId | null;
}

export interface Practice {
  state(): PracticeState;
  /** Starts the exchange again where an earlier run signed in to it. Before the accounts register. */
  resume(): Promise<void>;
  start(): Promise<Outcome<{ accountId: AccountId }>>;
  remove(): Promise<Outcome<null>>;
  stop(): Promise<void>;
}

export function createPractice(
  exchange: PracticeExchange,
  accounts: Accounts,
  people: People,
  messaging: Messaging,
  logger: Logger,
  changed: (state: PracticeState) => void,
): Practice {
  let running = false;
  let starting: Promise<Outcome<{ accountId: AccountId }>> | null = null;

  const account = () => accounts.all().find((each) => each.isPractice) ?? null;
  const state = (): PracticeState => ({ running, accountId: account()?.id ?? null });

  async function begin(): Promise<Outcome<{ accountId: AccountId }>> {
    const present = account();
    if (running && present) return success({ accountId: present.id });
    const signIn = await exchange.start();
    running = true;
    // Its ports change with each start, so the settings of an earlier run are replaced.
    const outcome: Outcome<{ accountId: AccountId }> = present
      ? await accounts
          .update(present.id, { settings: signIn.settings, password: signIn.password })
          .then((updated) => (updated.ok ? success({ accountId: present.id }) : updated))
      : await accounts.add({ settings: signIn.settings, password: signIn.password, isPractice: true });
    if (outcome.ok) {
      for (const colleague of signIn.colleagues) {
        const address = colleague.addresses[0]?.address;
        if (!address || people.withAddress(address)) continue;
        people.add(colleague, true);
        // Somebody to write to is in the list from the first moment.
        messaging.open(outcome.value.accountId, address);
      }
    }
    changed(state());
    return outcome;
  }

  return {
    state,
    async resume() {
      if (!account()) return;
      try {
        await begin();
      } catch (error) {
        logger.error('the practice exchange did not start', { error: String(error) });
      }
    },
    start() {
      starting ??= begin()
        .catch((error: unknown) => {
          logger.error('the practice exchange did not start', { error: String(error) });
          return failed('internal', { detail: error instanceof Error ? error.message : String(error) });
        })
        .finally(() => {
          starting = null;
        });
      return starting;
    },
    async remove() {
      const present = account();
      if (present) await accounts.remove(present.id);
      for (const person of people.all()) if (person.isPractice) people.remove(person.id);
      await exchange.stop();
      running = false;
      changed(state());
      return success(null);
    },
    async stop() {
      await exchange.stop();
      running = false;
    },
  };
}
