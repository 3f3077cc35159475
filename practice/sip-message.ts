/** SIP messages as the practice exchange needs them: parsed leniently, written strictly. One message in each frame. */

export interface SipMessage {
  /** `REGISTER sip:… SIP/2.0` or `SIP/2.0 200 OK`. */
  startLine: string;
  /** In the order of the wire; names lower-case. */
  headers: [name: string, value: string][];
  body: string;
}

const COMPACT: Readonly<Record<string, string>> = {
  v: 'via',
  f: 'from',
  t: 'to',
  i: 'call-id',
  m: 'contact',
  l: 'content-length',
  c: 'content-type',
  e: 'content-encoding',
  o: 'event',
  s: 'subject',
  k: 'supported',
};

/** The message, or null where it is none. */
export function parseSip(text: string): SipMessage | null {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const lines = text
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const startLine = lines.shift() ?? '';
  if (!/^[A-Z]+ \S+ SIP\/2\.0$/.test(startLine) && !/^SIP\/2\.0 \d{3}( .*)?$/.test(startLine)) return null;
  const headers: [string, string][] = [];
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) return null;
    const name = line.slice(0, colon).trim().toLowerCase();
    headers.push([COMPACT[name] ?? name, line.slice(colon + 1).trim()]);
  }
  return { startLine, headers, body: text.slice(end + 4) };
}

export function writeSip(message: SipMessage): string {
  const headers = message.headers.filter(([name]) => name !== 'content-length');
  headers.push(['content-length', String(Buffer.byteLength(message.body))]);
  return `${message.startLine}\r\n${headers.map(([name, value]) => `${canonical(name)}: ${value}`).join('\r\n')}\r\n\r\n${message.body}`;
}

function canonical(name: string): string {
  if (name === 'call-id') return 'Call-ID';
  if (name === 'cseq') return 'CSeq';
  if (name === 'www-authenticate') return 'WWW-Authenticate';
  if (name === 'sip-etag') return 'SIP-ETag';
  return name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}

export function header(message: SipMessage, name: string): string | null {
  return message.headers.find(([each]) => each === name)?.[1] ?? null;
}

export function headers(message: SipMessage, name: string): string[] {
  return message.headers.filter(([each]) => each === name).map(([, value]) => value);
}

export function isRequest(message: SipMessage): boolean {
  return !message.startLine.startsWith('SIP/2.0');
}

export function method(message: SipMessage): string {
  return isRequest(message) ? (message.startLine.split(' ')[0] ?? '') : ((header(message, 'cseq') ?? '').split(/\s+/)[1] ?? '');
}

export function requestUri(message: SipMessage): string {
  return message.startLine.split(' ')[1] ?? '';
}

/** The URI of a From, To or Contact value. */
export function uriOf(value: string): string {
  return /<([^<>]*)>/.exec(value)?.[1] ?? (value.split(';')[0] ?? '').trim();
}

export function userOfUri(uri: string): string {
  return /^sips?:([^@;:]+)(?::[^@]*)?@/i.exec(uri)?.[1] ?? '';
}

export function parameter(value: string, name: string): string | null {
  const afterUri = value.includes('>') ? value.slice(value.indexOf('>')) : value;
  return new RegExp(`;\\s*${name}\\s*=\\s*"?([^;,"\\s]+)`, 'i').exec(afterUri)?.[1] ?? null;
}

/** A response to a request: Via, From, To, Call-ID and CSeq are its own (RFC 3261 §8.2.6). */
export function respond(
  request: SipMessage,
  code: number,
  reason: string,
  toTag: string,
  more: readonly [string, string][] = [],
  body = '',
): SipMessage {
  const copied = request.headers.filter(
    ([name]) =>
      name === 'via' || name === 'from' || name === 'call-id' || name === 'cseq' || (name === 'record-route' && code > 100 && code < 300),
  );
  const to = header(request, 'to') ?? '';
  return {
    startLine: `SIP/2.0 ${code} ${reason}`,
    headers: [...copied, ['to', code > 100 && !parameter(to, 'tag') ? `${to};tag=${toTag}` : to], ...more],
    body,
  };
}
