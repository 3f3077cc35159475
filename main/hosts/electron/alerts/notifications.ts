/** Alerts as notifications of the system. Which ones, and when they are removed, main/alerts decides. */
import { Notification } from 'electron';
import type { HostCapabilities } from '../../../../common/model/host.ts';
import { m } from '../../../../common/text/generated/messages.js';
import type { Alert } from '../../../../common/model/alert.ts';
import { alertWords, type AlertButton } from '../../../../common/text/alert-words.ts';
import type { AlertDisplay } from '../../../ports/alert-display.ts';
import { APP_ICON } from '../tray/tray-icon.ts';

export interface AlertActions {
  /** The alert itself was clicked. */
  opened(alert: Alert): void;
  pressed(alert: Alert, button: AlertButton): void;
  replied(alert: Alert, text: string): void;
}

export function alertCapability(platform: NodeJS.Platform): HostCapabilities['alerts'] {
  if (!Notification.isSupported()) return 'none';
  // A field to reply in is macOS's and Windows's alone.
  return platform === 'linux' ? 'buttons' : 'reply';
}

/** `actions` is asked for when something is pressed: the core they speak to is made after the alerts. */
export function createNotifications(actions: () => AlertActions | null): AlertDisplay {
  /** They are kept here, or the garbage collector takes those on screen and their buttons do nothing. */
  const shown = new Map<string, Notification>();

  function remove(key: string): void {
    const present = shown.get(key);
    shown.delete(key);
    present?.close();
  }

  return {
    show(key, alert) {
      if (!Notification.isSupported()) return;
      remove(key);
      const { title, body, buttons, takesReply } = alertWords(alert);
      const isCall = alert.kind === 'incoming-call';
      const notification = new Notification({
        title,
        body,
        groupId: alert.kind,
        // A call rings by itself; the rest may make the system's sound.
        silent: isCall || alert.kind === 'stays-in-tray',
        urgency: isCall ? 'critical' : 'normal',
        timeoutType: isCall ? 'never' : 'default',
        hasReply: takesReply,
        replyPlaceholder: m.alert_reply(),
        actions: buttons.map(({ label }) => ({ type: 'button', text: label })),
        ...(process.platform === 'linux' ? { icon: APP_ICON } : {}),
      });
      const isCurrent = (): boolean => shown.get(key) === notification;
      notification.on('click', () => {
        if (!isCurrent()) return;
        remove(key);
        actions()?.opened(alert);
      });
      notification.on('action', ({ actionIndex }) => {
        const button = buttons[actionIndex];
        if (!isCurrent() || !button) return;
        remove(key);
        actions()?.pressed(alert, button.does);
      });
      notification.on('reply', ({ reply }) => {
        if (!isCurrent()) return;
        remove(key);
        actions()?.replied(alert, reply);
      });
      notification.on('close', () => {
        if (isCurrent()) shown.delete(key);
      });
      notification.on('failed', () => {
        if (isCurrent()) shown.delete(key);
      });
      shown.set(key, notification);
      notification.show();
    },
    remove,
  };
}
