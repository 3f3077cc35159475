/** `--passphrase-file`: opens the vault, or sets its passphrase, where nobody is there to type one. */
import { readFile } from 'node:fs/promises';
import type { Logger } from '../../ports/logger.ts';
import type { SecretVault } from '../../ports/secret-store.ts';

export function openedByFile(vault: SecretVault, path: string | null, logger: Logger): SecretVault {
  if (path === null) return vault;
  return {
    ...vault,
    async open() {
      await vault.open();
      const passphrase = (await readFile(path, 'utf8')).split(/\r?\n/)[0] ?? '';
      const { state } = vault.present();
      if (state !== 'locked' && state !== 'unset') return;
      const outcome = state === 'locked' ? await vault.unlock(passphrase) : await vault.setPassphrase(passphrase, undefined);
      if (!outcome.ok) logger.error('the passphrase of the file did not open the passwords', { code: outcome.failure.code });
    },
  };
}
