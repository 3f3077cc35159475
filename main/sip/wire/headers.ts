/**
 * SIP text as lines and values: the one place in this room that takes messages apart. It splits and never judges; what
 * is done with the parts is up to its neighbours.
 */

export interface SipHeader {
  /** The full name, in the spelling received; compact forms are expanded. */
  name: string;
  value: string;
}

export interface SipMessage {
  startLine: string;
  headers: SipHeader[];
  body: string;
  /** What is wrong with the text, where something is; the parts that could be read are there nevertheless. */
  flaw: string | null;
}

/** A `From`, `To`, `Contact` or the like, taken apart (RFC 3261 §20.10). */
export interface NameAddr {
  /** As written, quotes included. */
  displayName: string;
  uri: string;
  /** Header parameters with their leading semicolon, or empty. */
  parameters: string;
}

/** Compact forms: RFC 3261 §7.3.3, RFC 6665 §8.2.1, RFC 3515, RFC 3892, RFC 4028, RFC 3841, RFC 8224. */
const COMPACT: Readonly<Record<string, string>> = {
  a: 'Accept-Contact',
  b: 'Referred-By',
  c: 'Content-Type',
  d: 'Request-Disposition',
  e: 'Content-Encoding',
  f: 'From',
  i: 'Call-ID',
  j: 'Reject-Contact',
  k: 'Supported',
  l: 'Content-Length',
  m: 'Contact',
  o: 'Event',
  r: 'Refer-To',
  s: 'Subject',
  t: 'To',
  u: 'Allow-Events',
  v: 'Via',
  x: 'Session-Expires',
  y: 'Identity',
};

/** Takes one whole message apart; null where not even a start line is there. */
export function parseSip(text: string): SipMessage | null {
  const headEnd = text.indexOf('\r\n\r\n');
  const head = headEnd === -1 ? text : text.slice(0, headEnd);
  // RFC 3261 §7.3.1: a line that begins with white space continues the one before.
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const startLine = lines[0] ?? '';
  if (startLine.trim() === '') return null;
  const headers: SipHeader[] = [];
  let flaw: string | null = headEnd === -1 ? 'no end of headers' : null;
  for (let index = 1; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (line === '') continue;
    const colon = line.indexOf(':');
    const written = colon === -1 ? '' : line.slice(0, colon).trim();
    if (!/^[A-Za-z0-9\-.!%*_+`'~]+$/.test(written)) {
      flaw ??= 'a header line without a name';
      continue;
    }
    headers.push({ name: COMPACT[written.toLowerCase()] ?? written, value: line.slice(colon + 1).trim() });
  }
  return { startLine, headers, body: headEnd === -1 ? '' : text.slice(headEnd + 4), flaw };
}

/** The text of a message, with the length its body really has (RFC 3261 §18.3). */
export function formatSip(message: SipMessage): string {
  let text = `${message.startLine}\r\n`;
  for (const { name, value } of message.headers) {
    if (!isNamed(name, 'content-length')) text += `${name}: ${value}\r\n`;
  }
  return `${text}Content-Length: ${Buffer.byteLength(message.body)}\r\n\r\n${message.body}`;
}

function isNamed(name: string, wanted: string): boolean {
  return name.length === wanted.length && name.toLowerCase() === wanted;
}

/** The first value of that header, or null. `name` in lower case. */
export function headerOf(message: SipMessage, name: string): string | null {
  return message.headers.find((header) => isNamed(header.name, name))?.value ?? null;
}

/** All values of that header, one entry a line. `name` in lower case. */
export function headersOf(message: SipMessage, name: string): string[] {
  return message.headers.filter((header) => isNamed(header.name, name)).map((header) => header.value);
}

/** The request method, or null of a response. */
export function methodOf(message: SipMessage): string | null {
  return /^([A-Za-z0-9\-.!%*_+`'~]+) \S+ SIP\/\d+\.\d+\s*$/i.exec(message.startLine)?.[1] ?? null;
}

/** The status code, or null of a request. */
export function statusOf(message: SipMessage): number | null {
  const status = /^SIP\/\d\.\d (\d{3})(?:\s|$)/i.exec(message.startLine)?.[1];
  return status === undefined ? null : Number(status);
}

/** `CSeq: 4 INVITE` taken apart, or null where it is none (RFC 3261 §20.16: below 2^31). */
export function cseqOf(message: SipMessage): { readonly number: number; readonly method: string } | null {
  const found = /^(\d{1,10})[ \t]+(\S+)$/.exec(headerOf(message, 'cseq') ?? '');
  const number = Number(found?.[1]);
  return found?.[2] === undefined || number >= 2 ** 31 ? null : { number, method: found[2] };
}

/** Splits at the commas that stand outside quotes and angle brackets. */
export function splitList(value: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  let depth = 0;
  for (let index = 0; index < value.length; index += 1) {
    const character = value[index];
    if (quoted) {
      if (character === '\\') index += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '<') depth += 1;
    else if (character === '>') depth = Math.max(0, depth - 1);
    else if (character === ',' && depth === 0) {
      parts.push(value.slice(start, index).trim());
      start = index + 1;
    }
  }
  parts.push(value.slice(start).trim());
  return parts.filter((part) => part !== '');
}

/** Takes a name-addr or addr-spec apart; null where there is no URI in it. */
export function parseNameAddr(value: string): NameAddr | null {
  let from = 0;
  if (value.startsWith('"')) {
    const end = endOfQuotes(value);
    if (end === -1) return null;
    from = end;
  }
  const open = value.indexOf('<', from);
  if (open === -1) {
    // RFC 3261 §20.10: without brackets, what follows the first semicolon belongs to the header.
    const semicolon = value.indexOf(';');
    const uri = (semicolon === -1 ? value : value.slice(0, semicolon)).trim();
    return /^[A-Za-z][A-Za-z0-9+.-]*:\S/.test(uri)
      ? { displayName: '', uri, parameters: semicolon === -1 ? '' : value.slice(semicolon) }
      : null;
  }
  const close = value.indexOf('>', open);
  if (close === -1) return null;
  const uri = value.slice(open + 1, close).trim();
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:\S/.test(uri)) return null;
  return { displayName: value.slice(0, open).trim(), uri, parameters: value.slice(close + 1).trim() };
}

function endOfQuotes(value: string): number {
  for (let index = 1; index < value.length; index += 1) {
    if (value[index] === '\\') index += 1;
    else if (value[index] === '"') return index + 1;
  }
  return -1;
}

/** A quoted-string of this text (RFC 3261 §25.1). */
export function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

/** The text of a quoted-string, or of a token as it is. */
export function unquoted(text: string): string {
  return text.startsWith('"') && text.endsWith('"') && text.length > 1 ? text.slice(1, -1).replace(/\\(.)/g, '$1') : text;
}

/** The value of a `;name=value` parameter, empty where it stands without a value, null where it is not there. */
export function parameterOf(parameters: string, name: string): string | null {
  const found = new RegExp(`;\\s*${name}\\s*(?:=\\s*("(?:[^"\\\\]|\\\\.)*"|[^;,\\s]*))?(?=[;,\\s]|$)`, 'i').exec(parameters);
  return found ? unquoted(found[1] ?? '') : null;
}

/** The tag of a From or To value, or null. */
export function tagOf(value: string | null): string | null {
  const parameters = value === null ? null : parseNameAddr(value)?.parameters;
  return parameters == null ? null : parameterOf(parameters, 'tag');
}
