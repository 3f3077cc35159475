/**
 * Whose presence is wanted: every person's addresses, the peers of the newest conversations that the user answered,
 * and what was asked for explicitly. Each address is watched by the account that shares its domain, else by the first one:
 * not by `accountFor`, which prefers what can send now, or subscriptions would move whenever a connection comes or goes.
 */
import { domainOf, type AddressOfRecord } from '../../common/model/address-of-record.ts';
import type { Account } from '../../common/model/account.ts';
import type { Conversation } from '../../common/model/message.ts';
import type { Person } from '../../common/model/person.ts';
import type { Watch } from '../presence/presence.ts';

/** Old conversations need no subscription each: nobody looks at them. */
const NEWEST_CONVERSATIONS = 100;

export function watchList(
  accounts: readonly Account[],
  people: readonly Person[],
  conversations: readonly Conversation[],
  explicit: readonly Watch[],
): readonly Watch[] {
  const enabled = accounts.filter((account) => account.settings.enabled);
  const watchedBy = (address: AddressOfRecord): Account | undefined =>
    enabled.find((account) => domainOf(account.settings.addressOfRecord) === domainOf(address)) ?? enabled[0];
  const watches: Watch[] = [];
  for (const person of people) {
    for (const { address } of person.addresses) {
      const account = watchedBy(address);
      if (account) watches.push({ accountId: account.id, address });
    }
  }
  // Who wrote to us unasked is not subscribed to: they would choose whom we ask, and learn that we are here.
  for (const { accountId, peer } of conversations.filter(({ answered }) => answered).slice(0, NEWEST_CONVERSATIONS)) {
    if (enabled.some((account) => account.id === accountId)) watches.push({ accountId, address: peer });
  }
  watches.push(...explicit.filter((watch) => enabled.some((account) => account.id === watch.accountId)));
  return watches;
}
