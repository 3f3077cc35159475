/** The commands and the present state of the contract's domain `accounts`. */
import type { Serve } from './served.ts';

export const serveAccounts: Serve<'accounts'> = ({ core: { accounts, practice }, secretsTried }) => ({
  snapshot: () => ({ accounts: [...accounts.all()] }),
  commands: {
    // Who is quicker than the keyring waits for it, instead of hearing that passwords cannot be kept.
    async add(input) {
      await secretsTried;
      return accounts.add(input);
    },
    async update({ accountId, ...change }) {
      await secretsTried;
      return accounts.update(accountId, change);
    },
    remove: ({ accountId }) => (practice.state().accountId === accountId ? practice.remove() : accounts.remove(accountId)),
    register: ({ accountId }) => accounts.register(accountId),
    setEnabled: ({ accountId, enabled }) => accounts.setEnabled(accountId, enabled),
  },
});
