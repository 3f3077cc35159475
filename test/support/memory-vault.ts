/** Secrets in memory, open unless a test closes them. */
import { failed, success } from '../../common/model/failure.ts';
import type { Secrets } from '../../common/model/secrets.ts';
import { SecretsClosed, type SecretVault } from '../../main/ports/secret-store.ts';

export interface MemoryVault extends SecretVault {
  readonly kept: Map<string, string>;
}

/** `passphrase`: what opens it; null: it is open from the start. */
export function createMemoryVault(passphrase: string | null = null): MemoryVault {
  const kept = new Map<string, string>();
  let wanted = passphrase;
  let state: Secrets['state'] = passphrase === null ? 'open' : 'locked';
  let listener: () => void = () => undefined;
  const enter = (next: Secrets['state']): void => {
    state = next;
    listener();
  };
  return {
    kept,
    open: () => Promise.resolve(),
    present: () => ({ state, keeper: wanted === null ? 'keyring' : 'passphrase', keyringName: null, inClear: false }),
    onChange(next) {
      listener = next;
    },
    get: (name) => (state === 'open' ? Promise.resolve(kept.get(name) ?? null) : Promise.reject(new SecretsClosed(state))),
    set(name, secret) {
      if (state !== 'open') return Promise.reject(new SecretsClosed(state));
      kept.set(name, secret);
      return Promise.resolve();
    },
    remove(name) {
      kept.delete(name);
      return Promise.resolve();
    },
    setPassphrase(next, present) {
      if (wanted === null) return Promise.resolve(failed('conflict'));
      if (present !== wanted) return Promise.resolve(failed('passphrase-wrong'));
      wanted = next;
      return Promise.resolve(success(null));
    },
    unlock(given) {
      if (state !== 'locked') return Promise.resolve(failed('conflict'));
      if (given !== wanted) return Promise.resolve(failed('passphrase-wrong'));
      enter('open');
      return Promise.resolve(success(null));
    },
    retry: () => Promise.resolve(failed(state === 'open' ? 'conflict' : 'not-supported')),
    forget() {
      kept.clear();
      wanted = null;
      enter('open');
      return Promise.resolve(success(null));
    },
  };
}
