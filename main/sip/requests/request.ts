/** One request outside a dialog with its final response: MESSAGE, PUBLISH, REGISTER. */
import RequestSender from 'jssip/lib/RequestSender.js';
import SIPMessage, { type IncomingResponse, type RequestParams } from 'jssip/lib/SIPMessage.js';
import type UA from 'jssip/lib/UA.js';
import URI from 'jssip/lib/URI.js';
import { domainOf, userOf, type AddressOfRecord } from '../../../common/model/address-of-record.ts';
import { assertNever } from '../../../common/model/assert-never.ts';
import type { Failure } from '../../../common/model/failure.ts';
import { CONNECTION_LOST, failureOfDefect, NO_ANSWER } from '../failure-mapping.ts';
import { TELEPHONE_HOST } from '../wire/tolerance.ts';

export interface OutgoingRequestOptions {
  readonly headers: readonly string[];
  readonly body?: string | null;
  readonly parameters?: RequestParams;
  /** Called with the CSeq of each repetition that answers a challenge. */
  readonly authenticated?: (cseq: number) => void;
}

export type RequestOutcome =
  | { readonly kind: 'response'; readonly response: IncomingResponse }
  | { readonly kind: 'no-answer' }
  /** The connection is gone, or never was. */
  | { readonly kind: 'not-sent' }
  /** It could not even be written: our mistake or JsSIP's. */
  | { readonly kind: 'defect'; readonly error: unknown };

/** Sends it and waits for the end of its transaction; never rejects. */
export function sendRequest(userAgent: UA, method: string, target: URI, options: OutgoingRequestOptions): Promise<RequestOutcome> {
  return new Promise((resolve) => {
    // What throws in here would reject, and whoever waits would count the request as under way for ever.
    try {
      const request = new SIPMessage.OutgoingRequest(
        method,
        target,
        userAgent,
        options.parameters ?? {},
        options.headers,
        options.body ?? null,
      );
      new RequestSender(userAgent, request, {
        onRequestTimeout: () => resolve({ kind: 'no-answer' }),
        onTransportError: () => resolve({ kind: 'not-sent' }),
        onAuthenticated: (repeated) => options.authenticated?.(repeated.cseq),
        onReceiveResponse: (response) => {
          if (response.status_code >= 200) resolve({ kind: 'response', response });
        },
      }).send();
    } catch (error) {
      resolve({ kind: 'defect', error });
    }
  });
}

/** Why there is no response, in the contract's words. */
export function failureOfOutcome(outcome: Exclude<RequestOutcome, { readonly kind: 'response' }>): Failure {
  switch (outcome.kind) {
    case 'no-answer':
      return NO_ANSWER;
    case 'not-sent':
      return CONNECTION_LOST;
    case 'defect':
      return failureOfDefect(outcome.error);
    default:
      return assertNever(outcome);
  }
}

/** The Request-URI for an address-of-record. A telephone number is asked for at our own domain (RFC 3261 §19.1.6). */
export function targetUri(address: AddressOfRecord, ownDomain: string): URI {
  const user = userOf(address);
  const isTelephone = address.startsWith('tel:');
  const host = isTelephone ? ownDomain : domainOf(address);
  const escaped = user.replaceAll('#', '%23');
  const uri = URI.parse(`sip:${escaped}@${host}${isTelephone ? ';user=phone' : ''}`);
  // The address was checked by its schema; what JsSIP's grammar still refuses is written out.
  return uri ?? new URI('sip', encodeURIComponent(user), host, null);
}

/** The address a received From, To or P-Asserted-Identity names: what `mend` made of a tel: is a tel: again. */
export function writtenAddress(uri: URI): string {
  const user = uri.user ?? '';
  if (uri.host === TELEPHONE_HOST) return `tel:${user}`;
  // JsSIP gives the user part unescaped.
  return `sip:${user.replace(/[^A-Za-z0-9\-_.!~*'()&=+$,?/]+/g, encodeURIComponent)}@${uri.host}`;
}
