/**
 * Telephone numbers as people write and read them (ITU-T E.123), and as they are dialled. What is dialled stays as
 * near to what was typed as can be: a telephone system has dialling rules of its own, and an emergency number is
 * never made into another one.
 */
import * as v from 'valibot';
import { getCountries, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';

/** The country whose way of writing numbers is meant, by ISO 3166-1 (`GB`). */
const REGION = /^[A-Z]{2}$/;
export const Region = v.pipe(v.string(), v.regex(REGION), v.brand('Region'));
export type Region = v.InferOutput<typeof Region>;

const DIALLED = /^\+?[0-9*#]{1,32}$/;
const SEPARATORS = /[\s\p{Pd}./()·]/gu;
/** A number abroad, with the trunk zero that is dialled at home only: `+44 (0)20 …`, `0044 (0)20 …`. */
const ABROAD_WITH_ZERO = /^(\+|00)([\d\s\p{Pd}./]{1,6})\(0\)/u;
/** The first digit behind a plus or a zero, at most 22 characters as numbers are written, and a last digit. */
const IN_TEXT =
  /(?<![\p{L}\d@+./:_-])(?:(?:\+|\(?0)[\d(][\d \u00A0()\p{Pd}/.]{4,22}\d|(?:1[ -])?\(?[2-9]\d\d\)?[ .-]\d{3}[ .-]\d{4})(?![\p{L}\d@_]|[.:]\d)/gu;
const DATE = /^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$/;
const KEYS = ['ABC', 'DEF', 'GHI', 'JKL', 'MNO', 'PQRS', 'TUV', 'WXYZ'];

/** The digits to dial for what was typed or pasted; null where it is no number but a name or an address. */
export function dialledNumber(text: string, region: Region | null): string | null {
  // Digits of other widths, and the marks of direction that come along with a copied number.
  const written = text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .trim()
    .replace(ABROAD_WITH_ZERO, '$1$2');
  const bare = written.replace(SEPARATORS, '');
  if (DIALLED.test(bare)) return bare;
  return lettered(written, region);
}

/** `+44 20 7946 0018` for `+442079460018`; as it is dialled where it is no number of a country. */
export function numberToRead(number: string, region: Region | null): string {
  const phoneNumber = isNetworkNumber(number) ? parsed(number, region) : undefined;
  if (phoneNumber?.isPossible() !== true) return number;
  return number.startsWith('+') ? phoneNumber.formatInternational() : phoneNumber.formatNational();
}

/** Tells of each number whether what was typed is a part of it, however both are written: `020 79` of `+442079460018`. */
export function partOfNumber(typed: string): (number: string) => boolean {
  const wanted = dialledNumber(typed, null)?.replace(/^(?:\+|0{1,2})(?=\d)/, '');
  return (number) => wanted !== undefined && number.includes(wanted);
}

/** Whether a user part is a number of the telephone network rather than a name or a short extension. */
export function isNetworkNumber(user: string): boolean {
  return /^\+?\d{7,32}$/.test(user);
}

export interface FoundNumber {
  readonly from: number;
  readonly to: number;
  readonly dialled: string;
}

/**
 * The numbers in a text that are plainly meant to be called: with their country, with the zero that is dialled before
 * an area, or in the groups of North America. Bare digits and dates are left alone: they are more often something else.
 */
export function numbersIn(text: string, region: Region | null): readonly FoundNumber[] {
  const found: FoundNumber[] = [];
  for (const { 0: written, index } of text.matchAll(IN_TEXT)) {
    const dialled = DATE.test(written) ? null : dialledNumber(written, region);
    if (dialled === null || !isNumberOfRegion(dialled, region)) continue;
    found.push({ from: index, to: index + written.length, dialled });
  }
  return found;
}

/** Every region that has numbers of its own. */
export function numberedRegions(): readonly Region[] {
  return getCountries().filter((country): country is CountryCode & Region => REGION.test(country));
}

/** The region of the computer's language settings; null where they name none. */
export function systemRegion(): Region | null {
  const { region } = new Intl.Locale(Intl.DateTimeFormat().resolvedOptions().locale);
  return region !== undefined && REGION.test(region) ? (region as Region) : null;
}

/** `1-800-FLOWERS`: whole groups of letters behind groups of digits, where that makes a number of the region. */
function lettered(text: string, region: Region | null): string | null {
  if (!/^\+?\(?\d+\)?(?:[\s\p{Pd}./]+\(?\d+\)?)*(?:[\s\p{Pd}./]+[A-Za-z]{2,})+$/u.test(text)) return null;
  const digits = text.replace(SEPARATORS, '').replace(/[A-Za-z]/g, digitOf);
  return isNumberOfRegion(digits, region) ? digits : null;
}

function isNumberOfRegion(number: string, region: Region | null): boolean {
  return parsed(number, region)?.isPossible() === true;
}

function parsed(number: string, region: Region | null) {
  return parsePhoneNumberFromString(number, (region as CountryCode | null) ?? undefined);
}

function digitOf(letter: string): string {
  return String(KEYS.findIndex((letters) => letters.includes(letter.toUpperCase())) + 2);
}
