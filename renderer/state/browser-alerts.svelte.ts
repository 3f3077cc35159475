/**
 * Alerts by the browser's notifications, where the host has none of its own. Whether the browser may show them the
 * user tells the browser, asked once by a button.
 */
import { viewOfAlert } from '../../common/contract/alerts.ts';
import type { Alert } from '../../common/model/alert.ts';
import { alertWords } from '../../common/text/alert-words.ts';
import type { AlertsStore } from './alerts.svelte.ts';
import type { Navigation } from './navigation.svelte.ts';

/** unasked: the browser would ask. refused: it would not ask again. none: it has no notifications. */
export type BrowserAlertState = 'unasked' | 'allowed' | 'refused' | 'none';

const states: Readonly<Record<NotificationPermission, BrowserAlertState>> = { default: 'unasked', granted: 'allowed', denied: 'refused' };

function present(): BrowserAlertState {
  return 'Notification' in window ? states[Notification.permission] : 'none';
}

export class BrowserAlerts {
  state = $state<BrowserAlertState>(present());
  readonly #navigation: Navigation;
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing is drawn from it
  readonly #shown = new Map<string, Notification>();

  constructor(navigation: Navigation) {
    this.#navigation = navigation;
  }

  /** Asks the browser, which asks the user; only from a click. */
  async ask(): Promise<void> {
    if ('Notification' in window) await Notification.requestPermission();
    this.state = present();
  }

  /** Shows what comes from now on; returns how it ends. What stood before has been shown before. */
  follow(alerts: AlertsStore): () => void {
    const end = alerts.listen({
      shown: (key, alert) => this.#show(key, alert),
      removed: (key) => this.#take(key),
      standing: (keys) => {
        for (const key of [...this.#shown.keys()]) if (!keys.includes(key)) this.#take(key);
      },
    });
    return () => {
      end();
      for (const key of [...this.#shown.keys()]) this.#take(key);
    };
  }

  #show(key: string, alert: Alert): void {
    this.state = present();
    if (this.state !== 'allowed') return;
    this.#take(key);
    const { title, body } = alertWords(alert);
    const isCall = alert.kind === 'incoming-call';
    // Two pages of one host show one, by its tag. A call rings by itself, and waits for an answer.
    const notification = new Notification(title, { body, tag: key, silent: isCall, requireInteraction: isCall });
    notification.onclick = () => {
      this.#take(key);
      window.focus();
      this.#navigation.show(viewOfAlert(alert));
    };
    notification.onclose = () => {
      if (this.#shown.get(key) === notification) this.#shown.delete(key);
    };
    this.#shown.set(key, notification);
  }

  #take(key: string): void {
    const notification = this.#shown.get(key);
    this.#shown.delete(key);
    notification?.close();
  }
}
