/** Takes addresses and credentials out of what goes to the log. */

const CREDENTIAL_NAME = /pass|secret|token|authorization|credential|cookie|nonce|response/i;
const SIP_USER = /\b(sips?:|tel:)([^@\s;>"',]+)(?=[@\s;>"',]|$)/gi;
const BARE_ADDRESS = /\b[^\s@<>"':;,]+@(?=[A-Za-z0-9.-]+)/g;
const AUTHORIZATION_HEADER = /^((?:proxy-)?authorization:).*$/gim;

/** A line of text without user parts and credentials: `sip:bob@example.org` becomes `sip:…@example.org`. */
export function redactText(text: string): string {
  return text.replace(AUTHORIZATION_HEADER, '$1 …').replace(SIP_USER, '$1…').replace(BARE_ADDRESS, '…@');
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
