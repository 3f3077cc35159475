/**
 * Removes addresses and credentials from what is logged. Its input may come from anybody, so a text is cut to a limit
 * first, and each search takes linear time.
 */

const CREDENTIAL_NAME = /pass|secret|token|authorization|credential|cookie|nonce|response/i;
const SIP_USER = /\b(sips?:|tel:)([^@\s;>"',]+)(?=[@\s;>"',]|$)/gi;
const BEFORE_USER = /[\s@<>"':;,]/;
const AUTHORIZATION_HEADER = /^((?:proxy-)?authorization:).*$/gim;

/** Of one text in a log line, in characters. */
const MOST_KEPT = 4_000;

/** A line of text without user parts and credentials: `sip:bob@example.org` becomes `sip:…@example.org`. */
export function redactText(text: string): string {
  const kept = text.length > MOST_KEPT ? `${text.slice(0, MOST_KEPT)}… (${text.length} characters)` : text;
  return withoutUsers(kept.replace(AUTHORIZATION_HEADER, '$1 …').replace(SIP_USER, '$1…'));
}

/** `bob@example.org` becomes `…@example.org`, without a scheme in front too. */
function withoutUsers(text: string): string {
  let written = '';
  let from = 0;
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    if (!/[A-Za-z0-9.-]/.test(text[at + 1] ?? '')) continue;
    let start = at;
    while (start > from && !BEFORE_USER.test(text.charAt(start - 1))) start -= 1;
    if (start === at) continue;
    written += `${text.slice(from, start)}…`;
    from = at;
  }
  return written + text.slice(from);
}

/** The same for the details of a log line, at any depth. */
export function redactDetails(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (value === null || typeof value !== 'object') return value;
  if (depth > 5) return '…';
  if (Array.isArray(value)) return value.slice(0, 50).map((each) => redactDetails(each, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, CREDENTIAL_NAME.test(name) ? '…' : redactDetails(each, depth + 1)]),
  );
}
