/**
 * The core: its domains composed and joined, the contract served, started and stopped. The domains do not know each
 * other: what one does about another stands in `joints`, what clients may ask in `serve`.
 */
import type { Settings } from '../../common/model/settings.ts';
import type { FrontView } from '../../common/model/host.ts';
import { grants, type ClientKind } from '../../common/contract/grants.ts';
import { contract, type AhoyContract } from '../../common/contract/index.ts';
import type { ClientId } from '../../common/model/ids.ts';
import type { Wish, WishAction } from '../../common/model/wish.ts';
import { createServer, type Server } from '../../common/transport/server.ts';
import type { EventName } from '../../common/transport/names.ts';
import type { Transport } from '../../common/transport/transport.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { StorageFailure } from '../ports/history-store.ts';
import type { Idleness } from '../presence/idleness.ts';
import type { AppAdapters } from './adapters.ts';
import { compose } from './compose.ts';
import { createFacts, type Facts } from './facts.ts';
import { joints } from './joints/all.ts';
import { createLifecycle } from './lifecycle.ts';
import { serveAll } from './serve/all.ts';

export interface App {
  /** Opens the accounts and starts registering. */
  start(): Promise<void>;
  /** Serves a window or a program until its transport closes. */
  connect(transport: Transport, kind: ClientKind): void;
  /** Asks the main window to come to the front, with something to show: a second start, an alert. */
  requestFront(view?: FrontView): void;
  /** Somebody outside wishes to call or to write: the main window asks the user. False where the target is unreadable. */
  wish(action: WishAction, target: string, from: Wish['from']): boolean;
  /** How long nobody touched the computer, and whether it is locked, as the host sees it. */
  setIdleness(idleness: Idleness): void;
  /** The user's choices, for what a host decides by itself (closing, starting). */
  readonly settings: () => Settings;
  /** The network changed, or the machine woke up. */
  networkChanged(): void;
  /** The machine is about to sleep; `networkChanged` is called when it is awake again. */
  suspend(): Promise<void>;
  readonly accounts: Accounts;
  /** Ends calls, takes publications and bindings back, closes the store; bounded by three seconds. */
  stop(): Promise<void>;
}

export function createApp(adapters: AppAdapters): App {
  const { store, random, logger } = adapters;
  const facts = createFacts();
  const core = compose(adapters, facts);
  const lifecycle = createLifecycle(core, adapters, facts);
  const { secretsTried } = lifecycle;
  const server = createServer(contract, serveAll({ core, adapters, startedAtMs: adapters.clock.now(), secretsTried }), {
    defect: (commandName, error) => {
      const reportId = random.id();
      logger.error('a command failed by a defect', {
        reportId,
        command: commandName,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
      return reportId;
    },
    storageFailed: (error) => (error instanceof StorageFailure ? error.message : null),
  });
  // Clients hear of a fact before the core does anything about it.
  publishFacts(facts, server);
  for (const join of joints) join(facts, core, adapters);
  tellOfHost(facts, adapters);
  facts.open();

  server.onDisconnect((clientId) => {
    core.media.clientGone(clientId);
    core.reachability.gone(clientId);
    core.attention.clientGone(clientId);
  });

  return {
    accounts: core.accounts,
    start: () => lifecycle.start(),
    connect(transport, kind) {
      const clientId = random.id() as ClientId;
      core.reachability.connected(clientId, kind);
      server.connect(transport, { clientId, kind }, grants[kind]);
    },
    settings: () => core.settings.present(),
    requestFront(view) {
      core.front.request(view);
    },
    wish(action, target, from) {
      if (!core.wishes.add(action, target, from)) return false;
      core.front.request();
      return true;
    },
    setIdleness(idleness) {
      core.presence.setIdleness(idleness);
    },
    networkChanged() {
      core.accounts.networkChanged();
    },
    suspend: () => core.accounts.suspend(),
    async stop() {
      if (!(await lifecycle.stop())) return;
      server.close();
      store.close();
    },
  };
}

/** Every event of the contract is a fact, sent to the clients that are granted its domain; one is sent to a single window. */
function publishFacts(facts: Facts, server: Server<AhoyContract>): void {
  facts.on('media.requested', ({ owner, ...request }) => {
    server.publish('media.requested', request, owner);
  });
  for (const [domain, { events }] of Object.entries(contract))
    for (const event of Object.keys(events)) {
      const name = `${domain}.${event}` as Exclude<EventName<AhoyContract>, 'media.requested'>;
      if (`${domain}.${event}` !== 'media.requested')
        facts.on(name, (fact) => {
          server.publish(name, fact);
        });
    }
}

/** What the host's own parts tell. */
function tellOfHost(facts: Facts, { desktop, pageSessions }: AppAdapters): void {
  desktop.onChange(() => {
    facts.publish('desktop.changed', { desktop: desktop.present() });
  });
  pageSessions.onChange(() => {
    facts.publish('sessions.changed', { sessions: [...pageSessions.present()] });
  });
}
