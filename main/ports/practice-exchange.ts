/** The practice exchange, as the core asks for it. Implemented by the room `practice` behind an adapter. */
import type { AccountSettings } from '../../common/model/account.ts';
import type { PersonDetails } from '../../common/model/person.ts';

export interface PracticeExchange {
  /** Starts it on loopback and resolves when it answers. Starting a running one resolves at once. */
  start(): Promise<PracticeSignIn>;
  /** Stops it; bounded by two seconds. */
  stop(): Promise<void>;
}

export interface PracticeSignIn {
  readonly settings: AccountSettings;
  readonly password: string;
  readonly colleagues: readonly PersonDetails[];
}
