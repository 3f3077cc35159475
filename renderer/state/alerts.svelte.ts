/** The core's alerts, for a page that shows them by the browser's notifications. */
import { assertNever } from '../../common/model/assert-never.ts';
import type { Alert } from '../../common/model/alert.ts';
import type { HostConnection } from '../bridge/host-connection.svelte.ts';
import { Mirror } from './mirror.svelte.ts';

export interface AlertListener {
  shown(key: string, alert: Alert): void;
  removed(key: string): void;
  /** After a gap: all others are settled. */
  standing(keys: readonly string[]): void;
}

export class AlertsStore {
  readonly mirror: Mirror<'alerts'>;
  #listener: AlertListener | null = null;

  constructor(connection: HostConnection) {
    this.mirror = new Mirror(connection, {
      domain: 'alerts',
      adopt: (state) => this.#listener?.standing(state.keys),
      apply: (event) => {
        switch (event.name) {
          case 'alerts.shown':
            this.#listener?.shown(event.payload.key, event.payload.alert);
            return;
          case 'alerts.removed':
            this.#listener?.removed(event.payload.key);
            return;
          default:
            assertNever(event);
        }
      },
    });
  }

  /** Registers the one listener; returns how it ends. */
  listen(listener: AlertListener): () => void {
    this.#listener = listener;
    return () => {
      if (this.#listener === listener) this.#listener = null;
    };
  }
}
