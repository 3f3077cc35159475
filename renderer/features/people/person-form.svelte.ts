/** What is typed about a person, and how it becomes their details. */
import { completeAddress, displayAddress, type AddressOfRecord, type Home } from '../../../common/model/address-of-record.ts';
import type { Person, PersonDetails } from '../../../common/model/person.ts';
import { m } from '../../../common/text/generated/messages.js';

export const MOST_ADDRESSES = 20;

class AddressLine {
  text = $state('');
  label = $state('');
  error = $state<string | null>(null);
  readonly key: number;

  constructor(key: number, text = '', label = '') {
    this.key = key;
    this.text = text;
    this.label = label;
  }
}

export class PersonForm {
  name = $state('');
  favourite = $state(false);
  lines = $state.raw<readonly AddressLine[]>([]);
  nameError = $state<string | null>(null);
  #nextKey = 0;

  constructor(person: Person | null, address: AddressOfRecord | null, name: string) {
    this.name = person?.name ?? name;
    this.favourite = person?.favourite ?? false;
    const known = person?.addresses.map((each) => this.#line(written(each.address), each.label)) ?? [];
    this.lines = known.length > 0 ? known : [this.#line(address ? written(address) : '', '')];
  }

  addLine(): void {
    if (this.lines.length < MOST_ADDRESSES) this.lines = [...this.lines, this.#line('', '')];
  }

  removeLine(line: AddressLine): void {
    this.lines = this.lines.filter((each) => each !== line);
    if (this.lines.length === 0) this.addLine();
  }

  /** The details that were typed; null with the errors set. Empty lines beside a filled one are left out. */
  check(home: Home): PersonDetails | null {
    const name = this.name.trim();
    this.nameError = name ? (name.length > 200 ? m.error_too_long() : null) : m.error_name_missing();
    const filled = this.lines.filter((line) => line.text.trim() !== '');
    const wanted = filled.length > 0 ? filled : this.lines.slice(0, 1);
    for (const line of this.lines) line.error = null;
    const addresses: PersonDetails['addresses'] = [];
    let fits = this.nameError === null;
    for (const line of wanted) {
      const address = completeAddress(line.text, home);
      if (!address) {
        line.error = m.error_person_address();
        fits = false;
      } else if (!addresses.some((each) => each.address === address)) {
        addresses.push({ address, label: line.label.trim().slice(0, 60) });
      }
    }
    return fits ? { name, addresses, favourite: this.favourite } : null;
  }

  #line(text: string, label: string): AddressLine {
    return new AddressLine(this.#nextKey++, text, label);
  }
}

/** As a person writes it; only an unusual scheme is worth showing. */
function written(address: AddressOfRecord): string {
  return address.startsWith('sip:') ? displayAddress(address) : address;
}
