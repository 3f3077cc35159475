/**
 * Alerts of the system: what the user should notice while they look at something else. What an alert says is
 * chosen by the host from the facts given here, in the user's language; what its buttons do is the host's too.
 */
import type { AddressOfRecord } from '../../common/model/address-of-record.ts';
import type { AccountId, CallId, ConversationId } from '../../common/model/ids.ts';

export type Alert =
  | {
      readonly kind: 'incoming-call';
      readonly callId: CallId;
      readonly name: string;
      readonly address: AddressOfRecord;
      readonly video: boolean;
    }
  | {
      readonly kind: 'message';
      readonly conversationId: ConversationId;
      readonly name: string;
      /** What was written last; null where it shall not be shown. */
      readonly text: string | null;
      /** Unread messages of the conversation, this one with them. */
      readonly count: number;
    }
  | {
      readonly kind: 'missed-call';
      readonly accountId: AccountId;
      readonly name: string;
      readonly address: AddressOfRecord;
      /** Missed calls that nobody has looked at, of this caller or of several. */
      readonly count: number;
      readonly severalCallers: boolean;
    }
  | { readonly kind: 'voicemail'; readonly accountId: AccountId; readonly count: number; readonly address: AddressOfRecord | null }
  /** Once: the window is closed and Ahoy goes on in the tray. */
  | { readonly kind: 'stays-in-tray' };

export interface Alerts {
  /** Shows it, in place of one shown before under the same key. MUST NOT throw where the system shows none. */
  show(key: string, alert: Alert): void;
  /** Takes it away; one that is not there is fine. */
  remove(key: string): void;
}
