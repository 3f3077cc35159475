/** People the user keeps (never "contacts": a contact is a SIP binding). */
import * as v from 'valibot';
import { AddressOfRecord, displayAddress, userOf } from './address-of-record.ts';
import { PersonId } from './ids.ts';
import { isNetworkNumber, numberToRead } from './phone-number.ts';

const PersonAddress = v.strictObject({
  address: AddressOfRecord,
  /** "Desk", "Mobile"; empty where the user gave none. */
  label: v.pipe(v.string(), v.maxLength(60)),
});
export type PersonAddress = v.InferOutput<typeof PersonAddress>;

export const PersonDetails = v.strictObject({
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200)),
  addresses: v.pipe(v.array(PersonAddress), v.minLength(1), v.maxLength(20)),
  favourite: v.optional(v.boolean(), false),
});
export type PersonDetails = v.InferOutput<typeof PersonDetails>;

export const Person = v.strictObject({
  id: PersonId,
  ...PersonDetails.entries,
  favourite: v.boolean(),
  /** A practice colleague, removed with the practice exchange. */
  isPractice: v.boolean(),
});
export type Person = v.InferOutput<typeof Person>;

/** The person who has this address, or null. Scheme apart, `sip:` and `sips:` name the same person. */
export function personWithAddress(people: readonly Person[], address: AddressOfRecord): Person | null {
  const plain = withoutScheme(address);
  return people.find((person) => person.addresses.some((each) => withoutScheme(each.address) === plain)) ?? null;
}

/**
 * What to call whoever has this address: the name the user gave them, else the one they give themselves, else
 * their number or address. A number is shown as numbers are written, its country where it says one.
 */
export function nameOfParty(person: Person | null, displayName: string, address: AddressOfRecord): string {
  if (person) return person.name;
  const given = displayName.trim() || userOf(address);
  if (isNetworkNumber(given)) return numberToRead(given, null);
  return displayName.trim() || displayAddress(address);
}

function withoutScheme(address: AddressOfRecord): string {
  return address.slice(address.indexOf(':') + 1);
}
