/** The vault of a profile in the Node host: by the system's keyring, a passphrase, or a file with one. */
import { join } from 'node:path';
import type { Logger } from '../../ports/logger.ts';
import type { SecretVault } from '../../ports/secret-store.ts';
import { createSecretVault } from '../../system/secrets/secret-vault.ts';
import type { Options } from './options.ts';
import { openedByFile } from './passphrase-file.ts';
import { systemKeyring } from './system-keyring.ts';

export function profileSecrets({ profile, passphraseFile }: Options, logger: Logger): SecretVault {
  const path = join(profile, 'secrets.json');
  return openedByFile(createSecretVault({ path, keyring: systemKeyring(profile), unversioned: 'clear', logger }), passphraseFile, logger);
}
