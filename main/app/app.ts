/**
 * Joins the domains, serves the contract, and owns the order of start and stop. The domains never see each
 * other: what one tells another passes through here.
 */
import type { Settings } from '../../common/contract/settings.ts';
import type { FrontView, HostCapabilities } from '../../common/contract/host.ts';
import { grants, type ClientKind } from '../../common/contract/grants.ts';
import { contract, type AhoyContract } from '../../common/contract/index.ts';
import type { AddressOfRecord } from '../../common/model/address-of-record.ts';
import { accountFor } from '../../common/model/account.ts';
import { newestWith } from '../../common/model/message.ts';
import { nameOfParty } from '../../common/model/person.ts';
import type { AccountId, ClientId } from '../../common/model/ids.ts';
import type { Wish, WishAction } from '../../common/model/wish.ts';
import { createServer, type Server } from '../../common/transport/server.ts';
import type { Transport } from '../../common/transport/transport.ts';
import { createAccounts, type Accounts } from '../accounts/accounts.ts';
import { createAlertPolicy, type AlertPolicy } from '../alerts/alerts.ts';
import { createCalls, type Calls } from '../calls/calls.ts';
import { createMessaging, type Messaging } from '../messaging/messaging.ts';
import { createPeople, type People } from '../people/people.ts';
import type { Alerts } from '../ports/alerts.ts';
import type { Clock } from '../ports/clock.ts';
import type { DesktopPort } from '../ports/desktop.ts';
import { StorageFailure, type HistoryStore } from '../ports/history-store.ts';
import type { HostWindows } from '../ports/host-windows.ts';
import type { Logger } from '../ports/logger.ts';
import type { MediaPeer } from '../ports/media-peer.ts';
import type { PageSessions } from '../ports/page-sessions.ts';
import type { PracticeExchange } from '../ports/practice-exchange.ts';
import type { Random } from '../ports/random.ts';
import type { SecretVault } from '../ports/secret-store.ts';
import type { SipStack, UserAgent } from '../ports/sip-stack.ts';
import type { Idleness } from '../presence/idleness.ts';
import { createPresence, type Presence, type Watch } from '../presence/presence.ts';
import { createVoicemail, type Voicemail } from '../voicemail/voicemail.ts';
import { createAttention } from './attention.ts';
import { forgivingValues } from './forgiving-values.ts';
import { createHandlers } from './handlers.ts';
import { createMediaRelay, type MediaRelay } from './media-relay.ts';
import { createNotices } from './notices.ts';
import { createPractice } from './practice.ts';
import { createReachability } from './reachability.ts';
import { createUserSettings } from './user-settings.ts';
import { watchList } from './watch-list.ts';
import { createAlertBoard } from './alert-board.ts';
import { createWishes } from './wishes.ts';

export interface AppAdapters {
  readonly store: HistoryStore;
  readonly secrets: SecretVault;
  /** Makes the SIP stack around the media peer that the app provides. */
  readonly sipStack: (mediaPeer: MediaPeer) => SipStack;
  readonly practice: PracticeExchange;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly windows: HostWindows;
  readonly alerts: Alerts;
  readonly desktop: DesktopPort;
  readonly pageSessions: PageSessions;
  readonly version: string;
  readonly capabilities: HostCapabilities;
}

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
  /** The machine goes to sleep; `networkChanged` is called when it is awake again. */
  suspend(): Promise<void>;
  readonly accounts: Accounts;
  /** Ends calls, takes publications and bindings back, closes the store; bounded by three seconds. */
  stop(): Promise<void>;
}

const STOP_MS = 2_500;
/** A burst of messages makes one comparison of the whole watch list, not one a message. */
const WATCHES_SETTLE_MS = 100;

export function createApp(adapters: AppAdapters): App {
  const { store, clock, random, logger, windows } = adapters;
  const startedAtMs = clock.now();
  const explicitWatches = new Map<string, Watch>();
  let stopped = false;
  let started = false;
  /** Passwords can be read, or it is known why not: who is too early waits for it. */
  const secretsTried = Promise.withResolvers<null>();

  // The domains call each other through these hooks, all of which run after everything below is made.
  const usableUserAgent = (accountId: AccountId): UserAgent | null => (accounts.isUsable(accountId) ? accounts.userAgent(accountId) : null);

  const addressOf = (accountId: AccountId): AddressOfRecord | null =>
    accounts.all().find((account) => account.id === accountId)?.settings.addressOfRecord ?? null;

  const media: MediaRelay = createMediaRelay(clock, {
    requested: (owner, callId, request, operation) => {
      server.publish('media.requested', { callId, request, operation }, owner);
    },
    ownerChanged: (callId, hasOwner) => {
      calls.mediaOwnerChanged(callId, hasOwner);
    },
    isCall: (callId) => calls.all().some((call) => call.id === callId),
  });

  const accounts: Accounts = createAccounts(
    { store: store.accounts, secrets: adapters.secrets, stack: adapters.sipStack(media.peer), clock, random, logger },
    {
      changed: (account) => {
        server.publish('accounts.changed', { account });
        refreshWatches();
      },
      removed: (accountId) => {
        messaging.accountRemoved(accountId);
        presence.accountRemoved(accountId);
        voicemail.accountRemoved(accountId);
        alerts.accountRemoved(accountId);
        server.publish('accounts.removed', { accountId });
        refreshWatches();
      },
      usable: (accountId) => {
        messaging.accountUsable(accountId);
        presence.accountUsable(accountId);
        voicemail.accountUsable(accountId);
      },
      unusable: (accountId) => {
        presence.accountDisconnected(accountId, registrationFailure(accountId));
        voicemail.accountDisconnected(accountId);
      },
      disconnected: (accountId) => {
        presence.accountDisconnected(accountId, registrationFailure(accountId));
        voicemail.accountDisconnected(accountId);
      },
      leaving: (accountId, userAgent) => presence.accountLeaving(accountId, userAgent),
      messageReceived: (accountId, message) => messaging.receive(accountId, message),
      sessionReceived: (accountId, session) => calls.receive(accountId, session),
    },
  );

  const people: People = createPeople(store.people, random, {
    changed: (person) => {
      server.publish('people.changed', { person });
      refreshWatches();
    },
    removed: (personId) => {
      server.publish('people.removed', { personId });
      refreshWatches();
    },
  });

  const messaging: Messaging = createMessaging(
    { store: store.messages, clock, random, logger },
    {
      usableUserAgent,
      isAccount: (accountId) => addressOf(accountId) !== null,
      isPerson: (address) => people.withAddress(address) !== null,
      messageAdded: (message, conversation) => {
        server.publish('messaging.messageAdded', { message, conversation });
        alerts.messageAdded(message, conversation);
        refreshWatches();
      },
      messageChanged: (message, conversation) => {
        server.publish('messaging.messageChanged', { message, conversation });
      },
      conversationChanged: (conversation) => {
        server.publish('messaging.conversationChanged', { conversation });
        alerts.conversationChanged(conversation);
        refreshWatches();
      },
      conversationRemoved: (conversationId) => {
        server.publish('messaging.conversationRemoved', { conversationId });
        alerts.conversationRemoved(conversationId);
        refreshWatches();
      },
    },
  );

  const presence: Presence = createPresence(
    { values: forgivingValues(store.values, logger), clock },
    {
      usableUserAgent,
      addressOf,
      ownChanged: (own) => {
        server.publish('presence.ownChanged', { own });
        alerts.doNotDisturbChanged();
      },
      changed: (presentity) => {
        server.publish('presence.changed', { presentity });
      },
      forgotten: (accountId, address) => {
        server.publish('presence.forgotten', { accountId, address });
      },
    },
  );

  const calls: Calls = createCalls(
    { store: store.calls, clock, random, logger },
    {
      usableUserAgent,
      refusal: () => (presence.own().status === 'do-not-disturb' ? 'busy' : reachability.isReachable() ? null : 'unavailable'),
      isKnown: (accountId, address) =>
        people.withAddress(address) !== null || messaging.conversationWith(accountId, address)?.answered === true,
      changed: (call) => {
        server.publish('calls.changed', { call });
        alerts.callChanged(call);
      },
      dtmfReceived: (callId, tone) => {
        server.publish('calls.dtmfReceived', { callId, tone });
      },
      recorded: (record) => {
        server.publish('history.recordAdded', { record, unseenMissedCount: store.calls.unseenMissedCount() });
        alerts.callRecorded(record);
      },
      windowWanted: (callId) => {
        windows.openCall(callId);
      },
      activeCountChanged: (active) => {
        presence.setOnThePhone(active > 0);
      },
    },
  );

  const voicemail: Voicemail = createVoicemail(clock, {
    usableUserAgent,
    addressOf,
    changed: (box, before) => {
      server.publish('voicemail.changed', { box });
      alerts.voicemailChanged(box, before);
    },
    removed: (accountId) => {
      server.publish('voicemail.removed', { accountId });
    },
  });

  const settings = createUserSettings(store.values);
  const attention = createAttention(() => {
    alerts.attentionChanged();
  });
  const alertBoard = createAlertBoard(adapters.alerts, {
    shown: (key, alert) => {
      server.publish('alerts.shown', { key, alert });
    },
    removed: (key) => {
      server.publish('alerts.removed', { key });
    },
  });
  const alerts: AlertPolicy = createAlertPolicy(alertBoard, {
    settings: () => settings.present(),
    isDoNotDisturb: () => presence.own().status === 'do-not-disturb',
    isLookedAt: () => attention.isLookedAt(),
    isOnScreen: (conversationId) => attention.isOnScreen(conversationId),
    nameOf: (address, displayName) => nameOfParty(people.withAddress(address), displayName, address),
  });
  const { incomingCard, alerts: alertsOfHost } = adapters.capabilities;
  const reachability = createReachability(clock, incomingCard || (alertsOfHost !== 'none' && alertsOfHost !== 'page'), (isReachable) => {
    logger.info('whether a call would be heard here', { isReachable });
    presence.setReachable(isReachable);
  });
  const notices = createNotices(clock, random, logger, {
    noticed: (notice) => {
      server.publish('host.noticed', { notice });
    },
    dismissed: (id) => {
      server.publish('host.noticeDismissed', { id });
    },
  });
  const wishes = createWishes(clock, random, {
    wished: (wish) => {
      server.publish('desktop.wished', { wish });
    },
    dismissed: (id) => {
      server.publish('desktop.wishDismissed', { id });
    },
  });
  adapters.desktop.onChange(() => {
    server.publish('desktop.changed', { desktop: adapters.desktop.present() });
  });
  adapters.pageSessions.onChange(() => {
    server.publish('sessions.changed', { sessions: [...adapters.pageSessions.present()] });
  });
  adapters.secrets.onChange(() => {
    server.publish('secrets.changed', { secrets: adapters.secrets.present() });
    if (started && adapters.secrets.present().state === 'open') void accounts.secretsOpened();
  });

  /** What the settings mean for others than the windows. */
  function applySettings(): void {
    const { awayAfterMinutes, awayWhenLocked, shortcuts, spellCheck, updateUrl } = settings.present();
    presence.setAwayPolicy({ afterMs: awayAfterMinutes === 0 ? null : awayAfterMinutes * 60_000, whenLocked: awayWhenLocked });
    adapters.desktop.setShortcuts(shortcuts);
    adapters.desktop.setSpellCheck(spellCheck);
    adapters.desktop.setUpdateUrl(updateUrl);
  }

  const practice = createPractice(adapters.practice, accounts, people, messaging, logger, (state) => {
    server.publish('practice.changed', { ...state });
  });

  const server: Server<AhoyContract> = createServer(
    contract,
    createHandlers({
      accounts,
      presence,
      people,
      messaging,
      calls,
      callRecords: store.calls,
      media,
      practice,
      settings,
      voicemail,
      attention,
      wishes,
      alertBoard,
      accountFor: (address) => {
        const lastUsed = newestWith(messaging.conversations(), address)?.accountId ?? null;
        return accountFor(accounts.all(), address, lastUsed)?.id ?? null;
      },
      desktop: adapters.desktop,
      secrets: adapters.secrets,
      pageSessions: adapters.pageSessions,
      secretsTried: secretsTried.promise,
      windows,
      requestFront,
      host: {
        version: adapters.version,
        capabilities: adapters.capabilities,
        startedAtMs,
        notices: () => notices.all(),
        dismiss: (id) => {
          notices.dismiss(id);
        },
      },
      watch: (watch) => {
        explicitWatches.set(`${watch.accountId} ${watch.address}`, watch);
        refreshWatches();
      },
      unwatch: (watch) => {
        explicitWatches.delete(`${watch.accountId} ${watch.address}`);
        refreshWatches();
      },
      notify: {
        settingsChanged: () => {
          applySettings();
          server.publish('settings.changed', { settings: settings.present() });
        },
        historySeen: () => {
          server.publish('history.seen', {});
          alerts.missedCallsSeen();
        },
        recordRemoved: (recordId) => {
          server.publish('history.recordRemoved', { recordId });
        },
      },
    }),
    {
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
    },
  );
  server.onDisconnect((clientId) => {
    media.clientGone(clientId);
    reachability.gone(clientId);
    attention.clientGone(clientId);
  });

  function requestFront(view: FrontView = { kind: 'as-it-is' }): boolean {
    const opened = windows.openMain();
    server.publish('host.frontRequested', { view });
    return opened;
  }

  function registrationFailure(accountId: AccountId) {
    return accounts.all().find((account) => account.id === accountId)?.registration.failure ?? null;
  }

  let watchesStale = false;
  /** Many changes in a row (a start, an import) make one comparison of the lists. */
  function refreshWatches(): void {
    if (watchesStale || stopped) return;
    watchesStale = true;
    clock.after(WATCHES_SETTLE_MS, () => {
      watchesStale = false;
      if (!stopped) presence.setWatches(watchList(accounts.all(), people.all(), messaging.conversations(), [...explicitWatches.values()]));
    });
  }

  return {
    accounts,
    async start() {
      notices.follow(store);
      applySettings();
      await adapters.secrets.open().finally(() => {
        secretsTried.resolve(null);
      });
      await accounts.start();
      started = true;
      refreshWatches();
      await practice.resume();
    },
    connect(transport, kind) {
      const clientId = random.id() as ClientId;
      reachability.connected(clientId, kind);
      server.connect(transport, { clientId, kind }, grants[kind]);
    },
    settings: () => settings.present(),
    requestFront(view) {
      requestFront(view);
    },
    wish(action, target, from) {
      if (!wishes.add(action, target, from)) return false;
      requestFront();
      return true;
    },
    setIdleness(idleness) {
      presence.setIdleness(idleness);
    },
    networkChanged() {
      accounts.networkChanged();
    },
    suspend: () => accounts.suspend(),
    async stop() {
      if (stopped) return;
      stopped = true;
      calls.endAll();
      const orderly = presence
        .stop()
        .then(() => accounts.stop())
        .then(() => practice.stop());
      await Promise.race([
        orderly.catch((error: unknown) => {
          logger.warn('not everything was taken back', { error: String(error) });
        }),
        new Promise<void>((resolve) => {
          clock.after(STOP_MS, resolve);
        }),
      ]);
      server.close();
      store.close();
    },
  };
}
