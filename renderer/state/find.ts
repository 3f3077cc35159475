/** Finds people, conversations and addresses for what was typed: one rule for the search field, the finder and new chats. */
import { completeAddress, displayAddress, userOf, type AddressOfRecord } from '../../common/model/address-of-record.ts';
import { partOfNumber } from '../../common/model/phone-number.ts';
import type { Conversation } from '../../common/model/message.ts';
import type { Person } from '../../common/model/person.ts';
import type { Stores } from './stores.svelte.ts';

export interface Found {
  readonly people: readonly Person[];
  readonly conversations: readonly Conversation[];
  /** What was typed, taken as an address; null where nothing fits or it is somebody listed already. */
  readonly address: AddressOfRecord | null;
}

const PEOPLE_SHOWN = 50;

export function find(stores: Stores, typed: string): Found {
  const wanted = fold(typed);
  if (!wanted) return { people: [], conversations: [], address: null };
  const isPartOf = partOfAddress(wanted);
  const people = stores.people.all
    .filter((person) => fold(person.name).includes(wanted) || person.addresses.some((each) => isPartOf(each.address)))
    .slice(0, PEOPLE_SHOWN);
  const conversations = stores.messaging.conversations.filter(
    (conversation) =>
      fold(stores.nameOf(conversation.peer, conversation.peerDisplayName)).includes(wanted) ||
      isPartOf(conversation.peer) ||
      fold(conversation.lastMessage?.text ?? '').includes(wanted),
  );
  const address = completeAddress(typed, stores.accounts.home);
  const listed = address !== null && people.some((person) => person.addresses.some((each) => each.address === address));
  return { people, conversations, address: listed ? null : address };
}

/** The domain is the same for most: it counts only where somebody types into it. */
function partOfAddress(wanted: string): (address: AddressOfRecord) => boolean {
  const isPartOfNumber = partOfNumber(wanted);
  const read = /[@.]/.test(wanted) ? displayAddress : userOf;
  return (address) => isPartOfNumber(userOf(address)) || fold(read(address)).includes(wanted);
}

/** Case and accents make no difference. */
export function fold(text: string): string {
  return text.trim().normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();
}
