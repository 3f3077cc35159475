/**
 * Rewrites what others send and JsSIP's grammar would drop without an answer into a form it reads: unquoted display
 * names, tel: URIs, several Via in one line, parameters on application/sdp, characters that should have been escaped.
 * `restored` turns back on the way out what has to stay the same there (RFC 3261 §8.2.6.2).
 */
import { headerOf, parameterOf, parseNameAddr, quoted, splitList, type SipHeader, type SipMessage } from './headers.ts';

const NAME_ADDRESSES = new Set(['from', 'to', 'contact', 'record-route', 'route', 'refer-to', 'referred-by', 'p-asserted-identity']);
const LISTS = new Set(['contact', 'record-route', 'route', 'p-asserted-identity']);
const TOKENS = /^[A-Za-z0-9\-.!%*_+`'~]+(?:[ \t]+[A-Za-z0-9\-.!%*_+`'~]+)*$/;
const WELL_QUOTED = /^"(?:[^"\\]|\\.)*"$/;

/** Stands for the missing host of a telephone number; RFC 2606 keeps the name free. */
export const TELEPHONE_HOST = 'tel.invalid';
const TELEPHONE_MARK = `@${TELEPHONE_HOST};user=phone`;
/** Of a number, and of its parameters, in characters. */
const LONGEST_NUMBER = 300;

/**
 * Challenges travel past JsSIP's grammar, which knows MD5 only and keeps the last of several, under these names;
 * the digest amendment reads them.
 */
export const CHALLENGE_HEADERS = { 401: 'X-Www-Challenge', 407: 'X-Proxy-Challenge' } as const;

/** Changes a received message into what JsSIP reads. */
export function repair(message: SipMessage): void {
  message.startLine = message.startLine
    .replace(/^(\S+ )(?:sips:|SIPS:|SIP:)/, '$1sip:')
    .replace(/^([A-Za-z]+) tel:([^\s]+)/i, (_, method: string, rest: string) => `${method} ${sipOfTelephone(rest)}`);
  const repaired: SipHeader[] = [];
  for (const header of message.headers) {
    const name = header.name.toLowerCase();
    if (name === 'via') {
      // RFC 3261 §7.3.1: one line with commas means the same as several lines.
      for (const value of splitList(header.value)) repaired.push({ name: 'Via', value });
    } else if (NAME_ADDRESSES.has(name)) {
      const parts = LISTS.has(name) && header.value !== '*' ? splitList(header.value) : [header.value];
      repaired.push({ name: header.name, value: parts.map(repairedNameAddr).join(', ') });
    } else if (name === 'www-authenticate') repaired.push({ name: CHALLENGE_HEADERS[401], value: header.value });
    else if (name === 'proxy-authenticate') repaired.push({ name: CHALLENGE_HEADERS[407], value: header.value });
    else repaired.push(header);
  }
  message.headers = repaired;
  repairBody(message);
}

function repairedNameAddr(value: string): string {
  const parts = parseNameAddr(value) ?? parseNameAddr(value.replace(/^"|"(?=\s*<)/g, ''));
  if (!parts) return value;
  const uri = repairedUri(parts.uri);
  const { displayName } = parts;
  const name =
    displayName === '' || WELL_QUOTED.test(displayName) || TOKENS.test(displayName)
      ? displayName
      : quoted(displayName.replace(/^"|"$/g, ''));
  return `${name}${name === '' ? '' : ' '}<${uri}>${parts.parameters}`;
}

function repairedUri(uri: string): string {
  const tel = /^tel:(.*)$/i.exec(uri);
  if (tel?.[1] !== undefined) return sipOfTelephone(tel[1]);
  const found = /^(sips?):(?:([^@]*)@)?(.*)$/i.exec(uri);
  if (!found) return uri;
  const [, , user, rest] = found;
  return `sip:${user === undefined ? '' : `${escapedUser(user)}@`}${rest ?? ''}`;
}

/** RFC 3261 §25.1: what may stand in a user part; anything else is written as its UTF-8 bytes. */
function escapedUser(user: string): string {
  return user.replace(/%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-_.!~*'()&=+$,;?/%:]+/g, (text) =>
    Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
}

function sipOfTelephone(rest: string): string {
  const [number = '', ...parameters] = rest.split(';');
  return [`sip:${escapedUser(number)}@${TELEPHONE_HOST}`, 'user=phone', ...parameters].join(';');
}

/** Turns the telephone numbers in the head of an outgoing message back into the tel: URIs they came as. */
export function restored(head: string): string {
  let written = '';
  let from = 0;
  for (let at = head.indexOf(TELEPHONE_MARK); at !== -1; at = head.indexOf(TELEPHONE_MARK, at + 1)) {
    // Looked for from the mark backwards and not far: what stands before it came from the network.
    const near = Math.max(from, at - LONGEST_NUMBER);
    const start = head.slice(near, at).lastIndexOf('sip:');
    const number = start === -1 ? '' : head.slice(near + start + 4, at);
    if (number === '' || /[@\s<>]/.test(number)) continue;
    const end = at + TELEPHONE_MARK.length;
    const parameters = /^(?:;(?!tag=)[^\s<>;,]+)*/.exec(head.slice(end, end + LONGEST_NUMBER))?.[0] ?? '';
    written += `${head.slice(from, near + start)}tel:${number.replaceAll('%23', '#')}${parameters}`;
    from = end + parameters.length;
  }
  return written + head.slice(from);
}

/** RFC 3261 §20.15: parameters belong to the type; JsSIP compares the whole value with `application/sdp`. */
function repairBody(message: SipMessage): void {
  const type = headerOf(message, 'content-type');
  if (type === null) return;
  const bare = (type.split(';')[0] ?? '').trim().toLowerCase();
  if (bare === 'application/sdp') setHeader(message, 'content-type', 'application/sdp');
  else if (bare.startsWith('multipart/')) {
    const part = sdpPartOf(message.body, parameterOf(type.slice(type.indexOf(';')), 'boundary'));
    if (part === null) return;
    setHeader(message, 'content-type', 'application/sdp');
    message.body = part;
  }
}

/** The session description in a multipart body (RFC 5621 §3), or null. */
function sdpPartOf(body: string, boundary: string | null): string | null {
  if (boundary === null || boundary === '') return null;
  for (const part of body.split(`--${boundary}`)) {
    const split = part.indexOf('\r\n\r\n');
    if (split !== -1 && /^content-type[ \t]*:[ \t]*application\/sdp/im.test(part.slice(0, split)))
      return `${part.slice(split + 4).trimEnd()}\r\n`;
  }
  return null;
}

function setHeader(message: SipMessage, name: string, value: string): void {
  const header = message.headers.find((candidate) => candidate.name.toLowerCase() === name);
  if (header) header.value = value;
}
