/** How passwords are kept on this computer, and the passphrase where it needs one. */
import type { Outcome } from '../../common/model/failure.ts';
import type { Secrets } from '../../common/model/secrets.ts';
import type { HostConnection } from '../bridge/host-connection.svelte.ts';
import { Mirror } from './mirror.svelte.ts';

export class SecretsStore {
  readonly mirror: Mirror<'secrets'>;
  present = $state.raw<Secrets>({ state: 'open', keeper: null, keyringName: null, inClear: false });
  readonly #connection: HostConnection;

  constructor(connection: HostConnection) {
    this.#connection = connection;
    this.mirror = new Mirror(connection, {
      domain: 'secrets',
      adopt: (state) => {
        this.present = state.secrets;
      },
      apply: (event) => {
        this.present = event.payload.secrets;
      },
    });
  }

  /** `present`: the passphrase so far, where one is being changed. */
  setPassphrase(passphrase: string, present?: string): Promise<Outcome<null>> {
    return this.#connection.ask.secrets.setPassphrase({ passphrase, ...(present === undefined ? {} : { present }) });
  }

  unlock(passphrase: string): Promise<Outcome<null>> {
    return this.#connection.ask.secrets.unlock({ passphrase });
  }

  retry(): Promise<Outcome<null>> {
    return this.#connection.ask.secrets.retry({});
  }

  forget(): Promise<Outcome<null>> {
    return this.#connection.ask.secrets.forget({});
  }
}
