/** What the finder offers for what was typed: to chat with or to call people, those written with, and addresses. */
import { displayAddress, type AddressOfRecord } from '../../../common/model/address-of-record.ts';
import type { AccountId } from '../../../common/model/ids.ts';
import { find } from '../../state/find.ts';
import type { Stores } from '../../state/stores.svelte.ts';

export interface Entry {
  readonly key: string;
  readonly kind: 'chat' | 'call';
  readonly name: string;
  readonly address: AddressOfRecord;
  readonly accountId: AccountId | null;
}

const SHOWN = 8;
const MOST = 24;

/** `kinds`: what is offered of each; with nothing typed the first of them, for those last written with. */
export function entriesFor(stores: Stores, typed: string, kinds: readonly Entry['kind'][]): readonly Entry[] {
  const first = kinds[0] ?? 'chat';
  if (!typed.trim()) {
    return stores.messaging.conversations.slice(0, SHOWN).map((conversation) => ({
      key: `${first} ${conversation.id}`,
      kind: first,
      name: stores.nameOf(conversation.peer, conversation.peerDisplayName),
      address: conversation.peer,
      accountId: conversation.accountId,
    }));
  }
  const found = find(stores, typed);
  const listed: Entry[] = [];
  const offer = (name: string, address: AddressOfRecord, accountId: AccountId | null): void => {
    for (const kind of kinds) {
      const key = `${kind} ${address}`;
      if (!listed.some((each) => each.key === key)) listed.push({ key, kind, name, address, accountId });
    }
  };
  for (const person of found.people.slice(0, SHOWN)) for (const each of person.addresses) offer(person.name, each.address, null);
  for (const conversation of found.conversations.slice(0, SHOWN)) {
    offer(stores.nameOf(conversation.peer, conversation.peerDisplayName), conversation.peer, conversation.accountId);
  }
  if (found.address) offer(displayAddress(found.address), found.address, null);
  return listed.slice(0, MOST);
}
