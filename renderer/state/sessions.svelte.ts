/** The browsers that are signed in to the host, and which of them this is. */
import type { Outcome } from '../../common/model/failure.ts';
import type { SignedInPage } from '../../common/model/page-session.ts';
import type { HostConnection } from '../bridge/host-connection.svelte.ts';
import { presentSession } from '../bridge/kept-session.ts';
import { Mirror } from './mirror.svelte.ts';

export class SessionsStore {
  readonly mirror: Mirror<'sessions'>;
  all = $state.raw<readonly SignedInPage[]>([]);
  readonly #connection: HostConnection;

  constructor(connection: HostConnection) {
    this.#connection = connection;
    this.mirror = new Mirror(connection, {
      domain: 'sessions',
      adopt: (state) => {
        this.all = state.sessions;
      },
      apply: (event) => {
        this.all = event.payload.sessions;
      },
    });
  }

  isThis(id: string): boolean {
    return presentSession()?.id === id;
  }

  end(id: string): Promise<Outcome<null>> {
    return this.#connection.ask.sessions.end({ id });
  }
}
