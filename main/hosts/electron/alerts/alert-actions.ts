/** What pressing an alert does. Everything goes through the contract, as from a window. */
import { viewOfAlert } from '../../../../common/contract/alerts.ts';
import type { Alert } from '../../../../common/model/alert.ts';
import { assertNever } from '../../../../common/model/assert-never.ts';
import type { AlertButton } from '../../../../common/text/alert-words.ts';
import type { App } from '../../../app/app.ts';
import type { AlertActions } from './notifications.ts';
import type { CoreMirror } from '../shell/core-mirror.ts';
import type { ShellActions } from '../shell/shell-actions.ts';

export function createAlertActions(app: App, { ask }: CoreMirror, shell: ShellActions): AlertActions {
  function pressed(alert: Alert, button: AlertButton): void {
    switch (button) {
      case 'accept':
        if (alert.kind === 'incoming-call') shell.accept(alert.callId);
        return;
      case 'decline':
        if (alert.kind === 'incoming-call') shell.decline(alert.callId);
        return;
      case 'mark-read':
        if (alert.kind === 'message') void ask.messaging.markRead({ conversationId: alert.conversationId });
        return;
      case 'call-back':
      case 'listen':
        if (alert.kind === 'missed-call') void ask.history.markSeen({});
        if ((alert.kind === 'missed-call' || alert.kind === 'voicemail') && alert.address !== null)
          shell.call(alert.accountId, alert.address);
        return;
      default:
        assertNever(button);
    }
  }

  return {
    opened(alert) {
      app.requestFront(viewOfAlert(alert));
    },
    pressed,
    replied(alert, text) {
      if (alert.kind !== 'message' || text.trim() === '') return;
      void ask.messaging.send({ conversationId: alert.conversationId, text }).then((sent) => {
        // What was typed must not be lost: it stays in the conversation's field.
        if (!sent.ok) void ask.messaging.saveDraft({ conversationId: alert.conversationId, draft: text });
      });
      void ask.messaging.markRead({ conversationId: alert.conversationId });
    },
  };
}
