/** Whether the practice exchange runs, and by which account. */
import type { Outcome } from '../../common/model/failure.ts';
import type { AccountId } from '../../common/model/ids.ts';
import type { HostConnection } from '../bridge/host-connection.svelte.ts';
import { Mirror } from './mirror.svelte.ts';

export class PracticeStore {
  readonly mirror: Mirror<'practice'>;
  running = $state(false);
  accountId = $state<AccountId | null>(null);
  readonly #connection: HostConnection;

  constructor(connection: HostConnection) {
    this.#connection = connection;
    const take = (state: { running: boolean; accountId: AccountId | null }): void => {
      this.running = state.running;
      this.accountId = state.accountId;
    };
    this.mirror = new Mirror(connection, {
      domain: 'practice',
      adopt: take,
      apply: (event) => {
        take(event.payload);
      },
    });
  }

  /** Whether there is anything of it to be removed. */
  get present(): boolean {
    return this.running || this.accountId !== null;
  }

  start(): Promise<Outcome<{ accountId: AccountId }>> {
    return this.#connection.ask.practice.start({});
  }

  remove(): Promise<Outcome<null>> {
    return this.#connection.ask.practice.remove({});
  }
}
