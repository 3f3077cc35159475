/**
 * What this user agent can do, in one table: what it says about itself (Allow, Supported, Accept), what it accepts,
 * and how it refuses the rest. A new capability is added here first.
 */

interface MethodCapability {
  /** It is named in Allow (RFC 3261 §20.5). */
  readonly isAllowed: boolean;
  /** Outside a dialog it goes on to the stack; 405 otherwise. A NOTIFY there is judged by its event. */
  readonly isTakenOutsideDialog: boolean;
}

/** Every method that is known; another is answered 501 (RFC 3261 §8.2.1). */
const METHODS: Readonly<Record<string, MethodCapability>> = {
  INVITE: { isAllowed: true, isTakenOutsideDialog: true },
  ACK: { isAllowed: true, isTakenOutsideDialog: true },
  CANCEL: { isAllowed: true, isTakenOutsideDialog: true },
  BYE: { isAllowed: true, isTakenOutsideDialog: true },
  UPDATE: { isAllowed: true, isTakenOutsideDialog: true },
  MESSAGE: { isAllowed: true, isTakenOutsideDialog: true },
  OPTIONS: { isAllowed: true, isTakenOutsideDialog: true },
  INFO: { isAllowed: true, isTakenOutsideDialog: true },
  NOTIFY: { isAllowed: true, isTakenOutsideDialog: true },
  REFER: { isAllowed: false, isTakenOutsideDialog: false },
  SUBSCRIBE: { isAllowed: false, isTakenOutsideDialog: false },
  PUBLISH: { isAllowed: false, isTakenOutsideDialog: false },
  REGISTER: { isAllowed: false, isTakenOutsideDialog: false },
  PRACK: { isAllowed: false, isTakenOutsideDialog: false },
};

/** The extensions that may be required of us (RFC 3261 §8.2.2.3), and that we say we support. */
const EXTENSIONS: ReadonlySet<string> = new Set(['outbound', 'path', 'gruu', 'ice']);

/** Event packages that servers send without being asked, and that are taken without a subscription. */
const UNSOLICITED_EVENTS: ReadonlySet<string> = new Set(['message-summary', 'check-sync', 'keep-alive']);

/** The answer to a REFER (RFC 3515 §2.4.2) and to an INVITE with Replaces (RFC 3891 §3) that are declined. */
export const TRANSFER_DECLINED = 603;

/** The value of Allow. */
export const ALLOWED_METHODS = Object.keys(METHODS)
  .filter((method) => METHODS[method]?.isAllowed)
  .join(',');

/** The value of Accept. */
export const ACCEPTED_TYPES = 'text/plain, application/sdp, application/dtmf-relay, application/dtmf';

export function isKnownMethod(method: string): boolean {
  return Object.hasOwn(METHODS, method);
}

export function isTakenOutsideDialog(method: string): boolean {
  return isKnownMethod(method) && METHODS[method]?.isTakenOutsideDialog === true;
}

export function isSupported(optionTag: string): boolean {
  return EXTENSIONS.has(optionTag.toLowerCase());
}

export function isTakenUnsolicited(event: string): boolean {
  return UNSOLICITED_EVENTS.has(event.toLowerCase());
}
