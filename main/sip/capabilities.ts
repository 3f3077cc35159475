/**
 * What this user agent can do, in one table: what it says about itself (Allow, Supported, Accept), what it accepts,
 * and how it refuses the rest. A new capability is added here first.
 */

/** The methods that Allow names (RFC 3261 §20.5). A NOTIFY outside a dialog is judged by its event. */
const ALLOWED = ['INVITE', 'ACK', 'CANCEL', 'BYE', 'UPDATE', 'MESSAGE', 'OPTIONS', 'INFO', 'NOTIFY'];

/** Those that are known besides, and refused with 405 outside a dialog; any other is answered 501 (RFC 3261 §8.2.1). */
const REFUSED = ['REFER', 'SUBSCRIBE', 'PUBLISH', 'REGISTER', 'PRACK'];

/** The extensions that may be required of us (RFC 3261 §8.2.2.3), and that we say we support. */
const EXTENSIONS: ReadonlySet<string> = new Set(['outbound', 'path', 'gruu', 'ice']);

/** Event packages that servers send without being asked, and that are taken without a subscription. */
const UNSOLICITED_EVENTS: ReadonlySet<string> = new Set(['message-summary', 'check-sync', 'keep-alive']);

/** The answer to a REFER (RFC 3515 §2.4.2) and to an INVITE with Replaces (RFC 3891 §3) that are declined. */
export const TRANSFER_DECLINED = 603;

/** The value of Allow. */
export const ALLOWED_METHODS = ALLOWED.join(',');

/** The value of Accept. */
export const ACCEPTED_TYPES = 'text/plain, application/sdp, application/dtmf-relay, application/dtmf';

export function isAllowedMethod(method: string): boolean {
  return ALLOWED.includes(method);
}

export function isKnownMethod(method: string): boolean {
  return isAllowedMethod(method) || REFUSED.includes(method);
}

export function isSupported(optionTag: string): boolean {
  return EXTENSIONS.has(optionTag.toLowerCase());
}

export function isTakenUnsolicited(event: string): boolean {
  return UNSOLICITED_EVENTS.has(event.toLowerCase());
}
