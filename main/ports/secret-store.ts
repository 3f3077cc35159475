/** Where passwords are kept. Never in the database, never in a log, never in a snapshot. */
export interface SecretStore {
  /** The secret of that name, or null. */
  get(name: string): Promise<string | null>;
  /** Keeps it; MUST have reached the disk or the keyring when it resolves. Rejects where it could not be kept. */
  set(name: string, secret: string): Promise<void>;
  /** Forgets it; forgetting what is not there is fine. */
  remove(name: string): Promise<void>;
}
