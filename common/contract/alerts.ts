/** What the user should notice while they look at something else, for pages that show it by the browser. */
import * as v from 'valibot';
import { assertNever } from '../model/assert-never.ts';
import { Alert } from '../model/alert.ts';
import { domain, event } from './define.ts';
import type { FrontView } from '../model/host.ts';

const Key = v.pipe(v.string(), v.maxLength(1024));

export const alerts = domain({
  snapshot: v.strictObject({ keys: v.array(Key) }),
  commands: {},
  events: {
    shown: event('An alert is to be shown, in place of one with its key.', v.strictObject({ key: Key, alert: Alert })),
    removed: event('An alert is settled: take it away.', v.strictObject({ key: Key })),
  },
});

/** What whoever clicks an alert wants to see. */
export function viewOfAlert(alert: Alert): FrontView {
  switch (alert.kind) {
    case 'incoming-call':
    case 'stays-in-tray':
      return { kind: 'as-it-is' };
    case 'message':
      return { kind: 'conversation', conversationId: alert.conversationId };
    case 'missed-call':
    case 'voicemail':
      return { kind: 'calls' };
    default:
      return assertNever(alert);
  }
}
