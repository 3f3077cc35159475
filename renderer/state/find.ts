/** Finds people, conversations and addresses for what was typed: one rule for the search field, the finder and new chats. */
import { completeAddress, displayAddress, userOf, type AddressOfRecord } from '../../common/model/address-of-record.ts';
import { isPartOfNumber } from '../../common/model/phone-number.ts';
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
  const people = stores.people.all
    .filter((person) => fold(person.name).includes(wanted) || person.addresses.some((each) => isPartOf(wanted, each.address)))
    .slice(0, PEOPLE_SHOWN);
  const conversations = stores.messaging.conversations.filter(
    (conversation) =>
      fold(stores.nameOf(conversation.peer, conversation.peerDisplayName)).includes(wanted) ||
      isPartOf(wanted, conversation.peer) ||
      fold(conversation.lastMessage?.text ?? '').includes(wanted),
  );
  const address = completeAddress(typed, stores.accounts.home);
  const listed = address !== null && people.some((person) => person.addresses.some((each) => each.address === address));
  return { people, conversations, address: listed ? null : address };
}

/** The domain is the same for most: it counts only where somebody types into it. */
function isPartOf(wanted: string, address: AddressOfRecord): boolean {
  if (isPartOfNumber(wanted, userOf(address))) return true;
  return fold(/[@.]/.test(wanted) ? displayAddress(address) : userOf(address)).includes(wanted);
}

/** Case and accents make no difference. */
export function fold(text: string): string {
  return text.trim().normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();
}
