/** What the host can do, and its notices. */
import type { FrontView, HostCapabilities, HostNotice } from '../../common/model/host.ts';
import { assertNever } from '../../common/model/assert-never.ts';
import type { Outcome } from '../../common/model/failure.ts';
import type { CallId } from '../../common/model/ids.ts';
import type { HostConnection } from '../bridge/host-connection.svelte.ts';
import { Mirror } from './mirror.svelte.ts';

export class HostStore {
  readonly mirror: Mirror<'host'>;
  version = $state('');
  startedAtMs = $state(0);
  capabilities = $state.raw<HostCapabilities>({
    windows: false,
    tray: false,
    alerts: 'none',
    incomingCard: false,
    idle: false,
    links: false,
    autostart: false,
    globalShortcuts: false,
    updates: false,
  });
  notices = $state.raw<readonly HostNotice[]>([]);
  /** The last wish that the main window come to the front, and what it should show; `count` tells one from the next. */
  frontRequest = $state.raw<{ readonly view: FrontView; readonly count: number } | null>(null);
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
            this.frontRequest = { view: event.payload.view, count: (this.frontRequest?.count ?? 0) + 1 };
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

  /** Asks for the main window, from another one. */
  openMain(view: FrontView): Promise<Outcome<null>> {
    return this.#connection.ask.host.openWindow({ kind: 'main', view });
  }

  dismissNotice(id: string): Promise<Outcome<null>> {
    return this.#connection.ask.host.dismissNotice({ id });
  }
}
