/** What the host can do and what it has to tell. */
import type { HostCapabilities, HostNotice } from '../../common/contract/host.ts';
import { assertNever } from '../../common/model/assert-never.ts';
import type { Outcome } from '../../common/model/failure.ts';
import type { CallId } from '../../common/model/ids.ts';
import type { HostConnection } from '../bridge/host-connection.svelte.ts';
import { Mirror } from './mirror.svelte.ts';

export class HostStore {
  readonly mirror: Mirror<'host'>;
  version = $state('');
  startedAtMs = $state(0);
  capabilities = $state.raw<HostCapabilities>({ windows: false, tray: false, autostart: false, globalShortcuts: false, updates: false });
  notices = $state.raw<readonly HostNotice[]>([]);
  /** Grows with each wish that the main window come to the front. */
  frontRequests = $state(0);
  readonly #connection: HostConnection;

  constructor(connection: HostConnection) {
    this.#connection = connection;
    this.mirror = new Mirror(connection, {
      domain: 'host',
      adopt: (state) => {
        this.version = state.version;
        this.startedAtMs = state.startedAtMs;
        this.capabilities = state.capabilities;
        this.notices = state.notices;
      },
      apply: (event) => {
        switch (event.name) {
          case 'host.noticed': {
            const { notice } = event.payload;
            this.notices = [...this.notices.filter((each) => each.id !== notice.id), notice];
            return;
          }
          case 'host.noticeDismissed':
            this.notices = this.notices.filter((notice) => notice.id !== event.payload.id);
            return;
          case 'host.frontRequested':
            this.frontRequests += 1;
            return;
          default:
            assertNever(event);
        }
      },
    });
  }

  openCallWindow(callId: CallId): Promise<Outcome<null>> {
    return this.#connection.ask.host.openWindow({ kind: 'call', callId });
  }

  dismissNotice(id: string): Promise<Outcome<null>> {
    return this.#connection.ask.host.dismissNotice({ id });
  }
}
