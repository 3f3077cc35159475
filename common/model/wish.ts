/**
 * A wish from outside to call somebody or to write to them: a link in another program, the command line, the
 * clipboard. It is only ever a question to the user; nothing is dialled before they agree.
 */
import * as v from 'valibot';
import { parseAddressOfRecord } from './address-of-record.ts';
import { EpochMs } from './time.ts';

export const WishAction = v.picklist(['call', 'chat']);
export type WishAction = v.InferOutput<typeof WishAction>;

/** A name, a number or an address, as it came: no control characters, and short enough to be read. */
export const WishTarget = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(256), v.check(isReadable, 'has unreadable characters'));

export const Wish = v.strictObject({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(128)),
  action: WishAction,
  target: WishTarget,
  from: v.picklist(['link', 'command-line', 'clipboard', 'message']),
  atMs: EpochMs,
});
export type Wish = v.InferOutput<typeof Wish>;

/** What a link asks for: to call, to write, or only that Ahoy comes to the front. */
export type Link = { readonly action: WishAction; readonly target: string } | { readonly action: 'open' };

/** Neither control characters nor marks that turn the direction of text, behind which another address could hide. */
function isReadable(text: string): boolean {
  return !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text);
}

/**
 * Reads `sip:bob@example.org`, `sips:…`, `tel:+44-20-1234` (RFC 3261 §19.1, RFC 3966), `ahoy:call?to=…`,
 * `ahoy:chat?to=…` and `ahoy:`. Of a SIP URI only user and host are taken: headers and parameters could carry
 * a request that nobody sees (RFC 3261 §19.1.5 wants them checked; we want none). Null where it is no such link.
 */
export function parseLink(text: string): Link | null {
  const trimmed = text.trim();
  const scheme = /^([a-z]+):/i.exec(trimmed)?.[1]?.toLowerCase();
  if (scheme === 'ahoy') return parseOwnLink(trimmed);
  if (scheme !== 'sip' && scheme !== 'sips' && scheme !== 'tel') return null;
  // Some programs write `sip://`, which is no SIP URI but meant as one.
  const written = trimmed.replace(/^([a-z]+):\/\//i, '$1:');
  const address = parseAddressOfRecord(decoded(written.split('?')[0] ?? '')) ?? numberOf(scheme, written);
  return address !== null && isReadable(address) ? { action: 'call', target: address } : null;
}

/** `sip:1234` without a domain is written by telephony programs: a number of the user's own domain. */
function numberOf(scheme: string, written: string): string | null {
  const rest = decoded(written.slice(scheme.length + 1).split(/[;?]/)[0] ?? '').replace(/[\s\-.()]/g, '');
  return /^\+?[0-9*#]{1,32}$/.test(rest) ? rest : null;
}

/** A `+` stands for itself here: what follows `to=` is a number more often than a phrase. */
function parseOwnLink(text: string): Link | null {
  const parts = /^ahoy:(?:\/\/)?([a-z]*)\/?(?:\?(.*))?$/i.exec(text);
  if (!parts) return null;
  const [, action = '', query = ''] = parts;
  const wanted = action.toLowerCase();
  if (wanted === '' || wanted === 'open') return { action: 'open' };
  if (wanted !== 'call' && wanted !== 'chat') return null;
  const to = query.split('&').find((each) => each.startsWith('to='));
  const parsed = v.safeParse(WishTarget, decoded(to?.slice('to='.length) ?? ''));
  return parsed.success ? { action: wanted, target: parsed.output } : null;
}

/** %40 and the like are written by programs that think of a SIP URI as of a query; a broken escape stays as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
