/** The commands and the present state of the contract's domain `secrets`. */
import type { Serve } from './served.ts';

export const serveSecrets: Serve<'secrets'> = ({ core: { accounts }, adapters: { secrets } }) => ({
  snapshot: () => ({ secrets: secrets.present() }),
  commands: {
    setPassphrase: ({ passphrase, present }) => secrets.setPassphrase(passphrase, present),
    unlock: ({ passphrase }) => secrets.unlock(passphrase),
    retry: () => secrets.retry(),
    async forget() {
      const forgotten = await secrets.forget();
      if (forgotten.ok) await accounts.secretsForgotten();
      return forgotten;
    },
  },
});
