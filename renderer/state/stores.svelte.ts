/** All stores of a window, made over one connection, and how Svelte components reach them. */
import { createContext } from 'svelte';
import { grants, type ClientKind } from '../../common/contract/grants.ts';
import type { AddressOfRecord } from '../../common/model/address-of-record.ts';
import { nameOfParty } from '../../common/model/person.ts';
import type { HostConnection } from '../bridge/host-connection.svelte.ts';
import { AccountsStore } from './accounts.svelte.ts';
import { AlertsStore } from './alerts.svelte.ts';
import { Attention } from './attention.svelte.ts';
import { BrowserAlerts } from './browser-alerts.svelte.ts';
import { CallsStore } from './calls.svelte.ts';
import { ScreenClock } from './screen-clock.svelte.ts';
import { Navigation } from './navigation.svelte.ts';
import { DesktopStore } from './desktop.svelte.ts';
import { HistoryStore } from './history.svelte.ts';
import { HostStore } from './host.svelte.ts';
import { MessagingStore } from './messaging.svelte.ts';
import { PeopleStore } from './people.svelte.ts';
import { PracticeStore } from './practice.svelte.ts';
import { PresenceStore } from './presence.svelte.ts';
import { SecretsStore } from './secrets.svelte.ts';
import { SettingsStore } from './settings.svelte.ts';
import { SessionsStore } from './sessions.svelte.ts';
import { VoicemailStore } from './voicemail.svelte.ts';

export class Stores {
  readonly connection: HostConnection;
  readonly clock = new ScreenClock();
  readonly attention = new Attention();
  readonly host: HostStore;
  readonly desktop: DesktopStore;
  readonly accounts: AccountsStore;
  readonly secrets: SecretsStore;
  readonly presence: PresenceStore;
  readonly people: PeopleStore;
  readonly messaging: MessagingStore;
  readonly calls: CallsStore;
  readonly history: HistoryStore;
  readonly voicemail: VoicemailStore;
  readonly alerts: AlertsStore;
  readonly browserAlerts: BrowserAlerts;
  readonly sessions: SessionsStore;
  readonly practice: PracticeStore;
  readonly settings: SettingsStore;
  readonly navigation: Navigation;
  readonly #kind: ClientKind;

  constructor(connection: HostConnection, kind: ClientKind) {
    this.connection = connection;
    this.#kind = kind;
    this.host = new HostStore(connection);
    this.desktop = new DesktopStore(connection);
    this.accounts = new AccountsStore(connection);
    this.secrets = new SecretsStore(connection);
    this.presence = new PresenceStore(connection);
    this.people = new PeopleStore(connection);
    this.messaging = new MessagingStore(connection);
    this.calls = new CallsStore(connection);
    this.history = new HistoryStore(connection);
    this.voicemail = new VoicemailStore(connection);
    this.alerts = new AlertsStore(connection);
    this.sessions = new SessionsStore(connection);
    this.practice = new PracticeStore(connection);
    this.settings = new SettingsStore(connection);
    this.navigation = new Navigation(this, kind);
    this.browserAlerts = new BrowserAlerts(this.navigation);
  }

  /** Starts the mirrors of the domains this kind of window is granted, and the clock. */
  start(): void {
    this.clock.start();
    this.attention.start();
    for (const mirror of this.#mirrors()) mirror.start();
  }

  stop(): void {
    this.clock.stop();
    this.attention.stop();
    for (const mirror of this.#mirrors()) mirror.stop();
  }

  nameOf(address: AddressOfRecord, displayName = ''): string {
    return nameOfParty(this.people.withAddress(address), displayName, address);
  }

  #mirrors() {
    const granted: readonly string[] = grants[this.#kind].follows;
    const all = {
      host: this.host,
      desktop: this.desktop,
      accounts: this.accounts,
      secrets: this.secrets,
      presence: this.presence,
      people: this.people,
      messaging: this.messaging,
      calls: this.calls,
      history: this.history,
      voicemail: this.voicemail,
      alerts: this.alerts,
      sessions: this.sessions,
      practice: this.practice,
      settings: this.settings,
    };
    return Object.entries(all)
      .filter(([domain]) => granted.includes(domain))
      .map(([, store]) => store.mirror);
  }
}

export const [getStores, setStores] = createContext<Stores>();
