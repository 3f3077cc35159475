/** Where passwords are kept. Never in the database, never in a log, never in a snapshot. */
import type { Outcome } from '../../common/model/failure.ts';
import type { Secrets } from '../../common/model/secrets.ts';

/** A passphrase is wanted before secrets can be read or kept, or their keyring does not answer. */
export class SecretsClosed extends Error {
  override name = 'SecretsClosed';
}

export interface SecretStore {
  /** The secret of that name, or null. Rejects with `SecretsClosed` where it is kept and cannot be read now. */
  get(name: string): Promise<string | null>;
  /**
   * Keeps it; MUST have reached the disk or the keyring when it resolves. Rejects where it could not be kept, with
   * `SecretsClosed` where a passphrase is wanted first.
   */
  set(name: string, secret: string): Promise<void>;
  /** Forgets it; forgetting what is not there is fine, and works while closed. */
  remove(name: string): Promise<void>;
}

/** A secret store that may be closed at first, and how it is opened. */
export interface SecretVault extends SecretStore {
  /** Finds out how secrets are kept. Once, before anything else; MAY wait for a keyring that asks its user first. */
  open(): Promise<void>;
  present(): Secrets;
  /** Registers the one listener; told after each change of what is present. */
  onChange(listener: () => void): void;
  /** Chooses or changes the passphrase; everything kept is encrypted by the new one when it resolves. */
  setPassphrase(passphrase: string, present: string | undefined): Promise<Outcome<null>>;
  unlock(passphrase: string): Promise<Outcome<null>>;
  /** Looks for the keyring again. */
  retry(): Promise<Outcome<null>>;
  /** Forgets everything that is kept, and the passphrase. */
  forget(): Promise<Outcome<null>>;
}
