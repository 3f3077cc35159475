/**
 * Who sent a request: From, or what our server asserts (P-Asserted-Identity, RFC 3325). An assertion is believed only
 * where it can come from our server alone; otherwise From counts, and the assertion is shown beside it.
 */
import NameAddrHeader from 'jssip/lib/NameAddrHeader.js';
import type { IncomingRequest } from 'jssip/lib/SIPMessage.js';
import { isEncrypted, type AccountSettings } from '../../../common/model/account.ts';
import { domainOf, parseAddressOfRecord, type AddressOfRecord } from '../../../common/model/address-of-record.ts';
import { drawableName } from '../../../common/model/display-name.ts';
import { assertNever } from '../../../common/model/assert-never.ts';
import { writtenAddress } from './request.ts';
import { splitList } from '../wire/headers.ts';

export interface Sender {
  readonly from: AddressOfRecord;
  readonly displayName: string;
  /** What the server asserts, where that is somebody else and not believed; null otherwise. */
  readonly asserted: AddressOfRecord | null;
}

/** The address in From, To or Refer-To; null where what stands there is none. */
export function addressOf(header: NameAddrHeader): AddressOfRecord | null {
  return parseAddressOfRecord(writtenAddress(header.uri));
}

/** Null where nothing in it is an address. */
export function senderOf(request: IncomingRequest, settings: AccountSettings): Sender | null {
  const from = addressOf(request.from);
  const fromName = request.from.display_name ?? '';
  for (const value of request.getHeaders('p-asserted-identity').flatMap(splitList)) {
    const header = NameAddrHeader.parse(value);
    const asserted = header && addressOf(header);
    if (!asserted) continue;
    if (isBelieved(asserted, from, settings))
      return { from: asserted, displayName: drawableName(header.display_name ?? fromName), asserted: null };
    return from && { from, displayName: drawableName(fromName), asserted: asserted === from ? null : asserted };
  }
  return from && { from, displayName: drawableName(fromName), asserted: null };
}

function isBelieved(asserted: AddressOfRecord, from: AddressOfRecord | null, settings: AccountSettings): boolean {
  const { assertedIdentity, transport } = settings;
  switch (assertedIdentity) {
    case 'always':
      return true;
    case 'never':
      return false;
    case 'from-own-server': {
      // RFC 3325 §5: from a node we trust, which means a connection on which nobody else can speak.
      if (!isEncrypted(transport)) return false;
      const domain = domainOf(asserted);
      return domain === '' || domain === domainOf(settings.addressOfRecord) || (from !== null && domain === domainOf(from));
    }
    default:
      return assertNever(assertedIdentity);
  }
}
