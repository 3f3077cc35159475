/** How the passwords of accounts are kept on this computer. The passwords themselves never travel. */
import * as v from 'valibot';

/** keyring: by the system's own. passphrase: in the profile, encrypted by what the user types at each start. */
const SecretKeeper = v.picklist(['keyring', 'passphrase']);
export type SecretKeeper = v.InferOutput<typeof SecretKeeper>;

/**
 * unset ──passphrase chosen──► open ◄──unlock── locked (after a start)
 *                               ▲
 * unreachable ──retry, keyring──┘   (kept by a keyring that does not answer now)
 *      └──forget──► unset, or open where there is a keyring
 */
const SecretsState = v.picklist(['unset', 'open', 'locked', 'unreachable']);
export type SecretsState = v.InferOutput<typeof SecretsState>;

export const Secrets = v.strictObject({
  state: SecretsState,
  /** null where nothing is kept and nothing chosen. */
  keeper: v.nullable(SecretKeeper),
  /** The keyring's name as the user may know it; null where it has none to tell. */
  keyringName: v.nullable(v.string()),
  /** Passwords lie in the profile in clear, from a version that knew no better, until a passphrase is chosen. */
  inClear: v.boolean(),
});
export type Secrets = v.InferOutput<typeof Secrets>;

export const Passphrase = v.pipe(v.string(), v.minLength(8), v.maxLength(1024));
