/** An account's registration in words. */
import type { Account, RegistrationState } from '../model/account.ts';
import { m } from './generated/messages.js';

const words: Readonly<Record<RegistrationState, () => string>> = {
  unregistered: m.registration_unregistered,
  registering: m.registration_registering,
  registered: m.registration_registered,
  refreshing: m.registration_refreshing,
  refused: m.registration_refused,
  unreachable: m.registration_unreachable,
};

export function registrationWords(account: Account): string {
  return account.settings.enabled ? words[account.registration.state]() : m.registration_disabled();
}
