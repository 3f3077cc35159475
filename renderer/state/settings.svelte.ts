/** The user's choices that belong to no single account. */
import { defaultSettings, type Settings } from '../../common/model/settings.ts';
import type { Outcome } from '../../common/model/failure.ts';
import type { HostConnection } from '../bridge/host-connection.svelte.ts';
import { Mirror } from './mirror.svelte.ts';

export type { Settings } from '../../common/model/settings.ts';

export class SettingsStore {
  readonly mirror: Mirror<'settings'>;
  current = $state.raw<Settings>(defaultSettings);
  readonly #connection: HostConnection;

  constructor(connection: HostConnection) {
    this.#connection = connection;
    this.mirror = new Mirror(connection, {
      domain: 'settings',
      adopt: (state) => {
        this.current = state.settings;
      },
      apply: (event) => {
        this.current = event.payload.settings;
      },
    });
  }

  set(settings: Partial<Omit<Settings, 'trustedLinkHosts' | 'updateUrl'>>): Promise<Outcome<null>> {
    return this.#connection.ask.settings.set({ settings });
  }

  /** The host asks about a new address outside the page. */
  setUpdateUrl(url: string | null): Promise<Outcome<null>> {
    return this.#connection.ask.settings.setUpdateUrl({ url });
  }
}
