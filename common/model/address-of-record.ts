/**
 * An address-of-record: `sip:user@domain` or `sips:user@domain` without port, parameters or headers
 * (RFC 3261 §10), or a bare `tel:` number (RFC 3966). Comparison is by the normal form this file makes.
 */
import * as v from 'valibot';
import { dialledNumber, numberToRead, type Region } from './phone-number.ts';

/** The normal form, as `parseAddressOfRecord` makes it. */
export type AddressOfRecord = string & v.Brand<'AddressOfRecord'>;

const USER = /^[A-Za-z0-9\-_.!~*'()&=+$,;?/%]{1,200}$/;
const HOST =
  /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?)*\.?|\[[0-9A-Fa-f:.]{2,45}\])$/;
const TELEPHONE_NUMBER = /^\+?[0-9*#]{1,32}$/;

/**
 * The normal form of what a person or the network wrote, or null where it is no address.
 * Accepts `me@example.org`, `sip:me@example.org;transport=tcp`, `<sip:me@example.org>`, `tel:+44-20-1234`.
 * The host is lower-cased, the user part keeps its case (RFC 3261 §19.1.4), port and parameters go.
 */
export function parseAddressOfRecord(text: string): AddressOfRecord | null {
  let rest = text.trim();
  const bracketed = /<([^<>]*)>/.exec(rest);
  if (bracketed?.[1] !== undefined) rest = bracketed[1].trim();
  const tel = /^tel:(.*)$/i.exec(rest);
  if (tel?.[1] !== undefined) {
    const number = (tel[1].split(';')[0] ?? '').replace(/[\s\-.()]/g, '');
    return TELEPHONE_NUMBER.test(number) ? (`tel:${number}` as AddressOfRecord) : null;
  }
  const scheme = /^(sips?):/i.exec(rest);
  const prefix = scheme?.[1] === undefined ? 'sip' : scheme[1].toLowerCase();
  if (scheme) rest = rest.slice(scheme[0].length);
  const at = rest.lastIndexOf('@');
  if (at < 1) return null;
  const user = (rest.slice(0, at).split(':')[0] ?? '').split(';')[0] ?? '';
  const hostPort = rest.slice(at + 1).split(/[;?]/)[0] ?? '';
  const host = hostPort.replace(/:\d{1,5}$/, '').toLowerCase();
  if (!USER.test(user) || !HOST.test(host)) return null;
  return `${prefix}:${user}@${host}` as AddressOfRecord;
}

export const AddressOfRecord: v.GenericSchema<string, AddressOfRecord> = v.pipe(
  v.string(),
  v.maxLength(512),
  v.check((text) => parseAddressOfRecord(text) === text, 'not an address-of-record in its normal form'),
  v.brand('AddressOfRecord'),
);

/** The user part: `me` of `sip:me@example.org`, the number of a `tel:`. */
export function userOf(address: AddressOfRecord): string {
  const rest = address.slice(address.indexOf(':') + 1);
  const at = rest.lastIndexOf('@');
  return at === -1 ? rest : rest.slice(0, at);
}

/** The domain: `example.org` of `sip:me@example.org`, empty for a `tel:`. */
export function domainOf(address: AddressOfRecord): string {
  const at = address.lastIndexOf('@');
  return at === -1 ? '' : address.slice(at + 1);
}

/** What a person reads: the address without its scheme, a bare number as numbers are written. */
export function displayAddress(address: AddressOfRecord): string {
  const plain = address.slice(address.indexOf(':') + 1);
  return address.startsWith('tel:') ? numberToRead(plain, null) : plain;
}

/** Where what is typed belongs: the domain that completes a name, and the region that numbers are written for. */
export interface Home {
  readonly domain: string;
  readonly region: Region | null;
}

/**
 * What a person typed into a search or dial field, taken as an address at home:
 * `bob`, `+44 20 1234`, `bob@example.org` and `sip:bob@example.org` all work. Null where nothing fits.
 */
export function completeAddress(text: string, { domain, region }: Home): AddressOfRecord | null {
  const direct = parseAddressOfRecord(text);
  if (direct) return direct.startsWith('tel:') && domain ? parseAddressOfRecord(`sip:${userOf(direct)}@${domain}`) : direct;
  const user = dialledNumber(text, region)?.replaceAll('#', '%23') ?? text.trim();
  return domain ? parseAddressOfRecord(`sip:${user}@${domain}`) : null;
}
