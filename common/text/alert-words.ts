/** What an alert says, and what its buttons are called. */
import { displayAddress } from '../model/address-of-record.ts';
import type { Alert } from '../model/alert.ts';
import { assertNever } from '../model/assert-never.ts';
import { m } from './generated/messages.js';

export type AlertButton = 'accept' | 'decline' | 'mark-read' | 'call-back' | 'listen';

export interface AlertWords {
  readonly title: string;
  readonly body: string;
  readonly buttons: readonly { readonly does: AlertButton; readonly label: string }[];
  readonly takesReply: boolean;
}

export function alertWords(alert: Alert): AlertWords {
  switch (alert.kind) {
    case 'incoming-call': {
      const address = displayAddress(alert.address);
      const kind = alert.video ? m.incoming_video() : m.incoming_audio();
      return {
        title: alert.name,
        body: alert.name === address ? kind : m.alert_call_body({ kind, address }),
        buttons: [
          { does: 'accept', label: m.alert_accept() },
          { does: 'decline', label: m.alert_decline() },
        ],
        takesReply: false,
      };
    }
    case 'message':
      return {
        title: alert.count > 1 ? m.alert_message_title_many({ name: alert.name, count: alert.count }) : alert.name,
        body: alert.text ?? m.alert_message_hidden(),
        buttons: [{ does: 'mark-read', label: m.alert_mark_read() }],
        takesReply: true,
      };
    case 'missed-call':
      return {
        title: m.alert_missed({ count: alert.count }),
        body: alert.severalCallers ? m.alert_missed_several({ name: alert.name }) : alert.name,
        buttons: alert.severalCallers ? [] : [{ does: 'call-back', label: m.alert_call_back() }],
        takesReply: false,
      };
    case 'voicemail':
      return {
        title: m.alert_voicemail_title(),
        body: m.alert_voicemail({ count: alert.count }),
        buttons: alert.address === null ? [] : [{ does: 'listen', label: m.alert_listen() }],
        takesReply: false,
      };
    case 'stays-in-tray':
      return { title: m.alert_tray_title(), body: m.alert_tray(), buttons: [], takesReply: false };
    default:
      return assertNever(alert);
  }
}
