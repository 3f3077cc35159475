/**
 * A host for tests of the renderer: serves the real contract over memory transports from plain state, publishes events
 * as the real one does, records what it was asked, and fails where a test wants it to.
 */
import { grants, type ClientKind } from '../../common/contract/grants.ts';
import { contract, type AhoyContract } from '../../common/contract/index.ts';
import { defaultSettings, type Settings } from '../../common/model/settings.ts';
import { createServer, type Handlers, type Server } from '../../common/transport/server.ts';
import type { EventName, EventPayload, SnapshotOf } from '../../common/transport/names.ts';
import type { Transport } from '../../common/transport/transport.ts';
import { accountFor, type Account } from '../../common/model/account.ts';
import type { AddressOfRecord } from '../../common/model/address-of-record.ts';
import type { Desktop } from '../../common/model/desktop.ts';
import type { Secrets } from '../../common/model/secrets.ts';
import type { SignedInPage } from '../../common/model/page-session.ts';
import type { VoicemailBox } from '../../common/model/voicemail.ts';
import type { Wish } from '../../common/model/wish.ts';
import type { Call, CallRecord } from '../../common/model/call.ts';
import { failed, success, type Failure, type Outcome } from '../../common/model/failure.ts';
import type { AccountId, CallId, ClientId, ConversationId, MessageId, PersonId } from '../../common/model/ids.ts';
import type { MediaResult } from '../../common/model/media.ts';
import { newestWith, type Conversation, type Message } from '../../common/model/message.ts';
import type { Person } from '../../common/model/person.ts';
import type { OwnPresence, Presentity } from '../../common/model/presence.ts';
import { memoryCarrier } from '../../renderer/bridge/memory.ts';
import type { Carrier } from '../../renderer/bridge/carrier.ts';

export interface Asked {
  readonly name: string;
  readonly input: unknown;
}

export class FakeHost {
  host: SnapshotOf<AhoyContract, 'host'> = {
    version: '0.1.0',
    capabilities: {
      windows: false,
      tray: false,
      alerts: 'none',
      incomingCard: false,
      idle: false,
      links: false,
      autostart: false,
      globalShortcuts: false,
      updates: false,
    },
    startedAtMs: 0,
    notices: [],
  };
  accounts: Account[] = [];
  own: OwnPresence = { status: 'available', note: '', sinceMs: 0, shown: 'available', publications: [] };
  desktop: Desktop = {
    autostart: { supported: false, enabled: false },
    shortcuts: [],
    links: [],
    update: { state: 'off', version: null, notes: null, percent: null, checkedAtMs: null, failure: null },
  };
  wishes: Wish[] = [];
  secrets: Secrets = { state: 'open', keeper: 'keyring', keyringName: null, inClear: false };
  /** The passphrase that opens the secrets. */
  passphrase = 'correct horse';
  voicemail: VoicemailBox[] = [];
  alertKeys: string[] = [];
  sessions: SignedInPage[] = [];
  presentities: Presentity[] = [];
  people: Person[] = [];
  conversations: Conversation[] = [];
  messages: Message[] = [];
  calls: Call[] = [];
  records: CallRecord[] = [];
  unseenMissedCount = 0;
  practice: SnapshotOf<AhoyContract, 'practice'> = { running: false, accountId: null };
  settings: Settings = { ...defaultSettings, ringVolume: 0 };
  /** Commands that fail, by name; `snapshots` counts how often each domain was loaded. */
  readonly failing = new Map<string, Failure>();
  readonly asked: Asked[] = [];
  readonly snapshots = new Map<string, number>();
  readonly mediaAnswers: { legId: string; request: number; result: MediaResult }[] = [];
  /** While false, nobody can connect. */
  reachable = true;
  readonly server: Server<AhoyContract>;
  readonly #transports = new Set<Transport>();
  #next = 1;

  constructor() {
    this.server = createServer(contract, this.#handlers(), {
      defect: (name, error) => {
        console.error('fake host', name, error);
        return 'report';
      },
      storageFailed: () => null,
    });
  }

  carrier(kind: ClientKind = 'main'): Carrier {
    return memoryCarrier((far) => {
      if (!this.reachable) return false;
      this.#transports.add(far);
      far.onClose(() => this.#transports.delete(far));
      this.server.connect(far, { clientId: `client-${this.#next++}` as ClientId, kind }, grants[kind]);
      return true;
    });
  }

  publish<N extends EventName<AhoyContract>>(name: N, payload: EventPayload<AhoyContract, N>, to?: ClientId): void {
    this.server.publish(name, payload, to);
  }

  /** Ends every connection, as a host that dies does. */
  dropConnections(): void {
    for (const transport of [...this.#transports]) transport.close();
  }

  askedFor(name: string): unknown[] {
    return this.asked.filter((each) => each.name === name).map((each) => each.input);
  }

  setAccount(account: Account): void {
    this.accounts = [...this.accounts.filter((each) => each.id !== account.id), account];
    this.publish('accounts.changed', { account });
  }

  setDesktop(changes: Partial<Desktop>): void {
    this.desktop = { ...this.desktop, ...changes };
    this.publish('desktop.changed', { desktop: this.desktop });
  }

  setSecrets(changes: Partial<Secrets>): void {
    this.secrets = { ...this.secrets, ...changes };
    this.publish('secrets.changed', { secrets: this.secrets });
  }

  setCall(call: Call): void {
    this.calls = this.calls.filter((each) => each.id !== call.id);
    if (call.state !== 'ended') this.calls.push(call);
    this.publish('calls.changed', { call });
  }

  /** A message arrives or is written: stored, and told with its conversation. */
  addMessage(message: Message): void {
    this.messages.push(message);
    const conversation = this.#conversation(message.conversationId, (old) => ({
      ...old,
      lastMessage: { text: message.text, direction: message.direction, state: message.state, atMs: message.atMs },
      unreadCount: old.unreadCount + (message.direction === 'incoming' ? 1 : 0),
      changedAtMs: message.atMs,
    }));
    this.publish('messaging.messageAdded', { message, conversation });
  }

  changeMessage(id: MessageId, change: Partial<Message>): void {
    const index = this.messages.findIndex((each) => each.id === id);
    const message = { ...this.messages[index]!, ...change };
    this.messages[index] = message;
    const conversation = this.#conversation(message.conversationId, (old) => old);
    this.publish('messaging.messageChanged', { message, conversation });
  }

  #conversation(id: ConversationId, change: (old: Conversation) => Conversation): Conversation {
    const index = this.conversations.findIndex((each) => each.id === id);
    const changed = change(this.conversations[index]!);
    this.conversations[index] = changed;
    return changed;
  }

  /** As the real host decides it. */
  #accountFor(address: AddressOfRecord): AccountId | null {
    return accountFor(this.accounts, address, newestWith(this.conversations, address)?.accountId ?? null)?.id ?? null;
  }

  #id(prefix: string): string {
    return `${prefix}-${this.#next++}`;
  }

  #handlers(): Handlers<AhoyContract> {
    const said = <I, T>(name: string, answer: (input: I) => Outcome<T>) => {
      return (input: I): Outcome<T> => {
        this.asked.push({ name, input });
        const failure = this.failing.get(name);
        return failure ? failed(failure.code, failure) : answer(input);
      };
    };
    const ok = (): Outcome<null> => success(null);
    const snapshot = <T>(domain: string, read: () => T) => {
      return (): T => {
        this.snapshots.set(domain, (this.snapshots.get(domain) ?? 0) + 1);
        return read();
      };
    };
    return {
      host: {
        snapshot: snapshot('host', () => this.host),
        commands: {
          openWindow: said('host.openWindow', ok),
          dismissNotice: said('host.dismissNotice', ({ id }: { id: string }) => {
            this.publish('host.noticeDismissed', { id });
            return ok();
          }),
        },
      },
      desktop: {
        snapshot: snapshot('desktop', () => ({ desktop: this.desktop, wishes: this.wishes })),
        commands: {
          setAutostart: said('desktop.setAutostart', ({ enabled }) => {
            this.setDesktop({ autostart: { ...this.desktop.autostart, enabled } });
            return ok();
          }),
          setShortcut: said('desktop.setShortcut', ({ action, accelerator }) => {
            const state = accelerator === null ? ('off' as const) : ('set' as const);
            this.setDesktop({
              shortcuts: this.desktop.shortcuts.map((each) => (each.action === action ? { action, accelerator, state } : each)),
            });
            return ok();
          }),
          setOpensLinks: said('desktop.setOpensLinks', ({ enabled }) => {
            this.setDesktop({ links: this.desktop.links.map((each) => ({ ...each, state: enabled ? 'ours' : 'other' })) });
            return ok();
          }),
          checkForUpdate: said('desktop.checkForUpdate', ok),
          installUpdate: said('desktop.installUpdate', ok),
          wish: said('desktop.wish', ({ action, target }) => {
            const wish: Wish = { id: `wish-${target}`, action, target, from: 'message', atMs: 0 };
            this.wishes = [...this.wishes, wish];
            this.publish('desktop.wished', { wish });
            return ok();
          }),
          dismissWish: said('desktop.dismissWish', ({ id }: { id: string }) => {
            this.wishes = this.wishes.filter((wish) => wish.id !== id);
            this.publish('desktop.wishDismissed', { id });
            return ok();
          }),
          reportAttention: said('desktop.reportAttention', ok),
        },
      },
      secrets: {
        snapshot: snapshot('secrets', () => ({ secrets: this.secrets })),
        commands: {
          setPassphrase: said('secrets.setPassphrase', ({ passphrase, present }) => {
            if (this.secrets.keeper === 'passphrase' && present !== this.passphrase) return failed('passphrase-wrong');
            this.passphrase = passphrase;
            this.setSecrets({ state: 'open', keeper: 'passphrase' });
            return ok();
          }),
          unlock: said('secrets.unlock', ({ passphrase }) => {
            if (passphrase !== this.passphrase) return failed('passphrase-wrong');
            this.setSecrets({ state: 'open' });
            return ok();
          }),
          retry: said('secrets.retry', () => failed('not-supported')),
          forget: said('secrets.forget', () => {
            this.setSecrets({ state: 'unset', keeper: null });
            return ok();
          }),
        },
      },
      sessions: {
        snapshot: snapshot('sessions', () => ({ sessions: this.sessions })),
        commands: {
          end: said('sessions.end', ({ id }) => {
            this.sessions = this.sessions.filter((each) => each.id !== id);
            this.publish('sessions.changed', { sessions: this.sessions });
            return ok();
          }),
        },
      },
      voicemail: { snapshot: snapshot('voicemail', () => ({ boxes: this.voicemail })), commands: {} },
      alerts: { snapshot: snapshot('alerts', () => ({ keys: this.alertKeys })), commands: {} },
      accounts: {
        snapshot: snapshot('accounts', () => ({ accounts: this.accounts })),
        commands: {
          add: said('accounts.add', ({ settings }) => {
            const id = this.#id('account') as AccountId;
            this.setAccount({
              id,
              settings,
              hasPassword: true,
              colour: 0,
              isPractice: false,
              registration: { state: 'registering', sinceMs: Date.now(), failure: null, nextAttemptAtMs: null, expiresAtMs: null },
            });
            return success({ accountId: id });
          }),
          update: said('accounts.update', ({ accountId, settings }) => {
            const account = this.accounts.find((each) => each.id === accountId);
            if (!account) return failed('not-found');
            this.setAccount({
              ...account,
              settings,
              registration: { state: 'registering', sinceMs: Date.now(), failure: null, nextAttemptAtMs: null, expiresAtMs: null },
            });
            return ok();
          }),
          remove: said('accounts.remove', ({ accountId }) => {
            this.accounts = this.accounts.filter((each) => each.id !== accountId);
            this.publish('accounts.removed', { accountId });
            return ok();
          }),
          register: said('accounts.register', ok),
          setEnabled: said('accounts.setEnabled', ({ accountId, enabled }) => {
            const account = this.accounts.find((each) => each.id === accountId);
            if (account) this.setAccount({ ...account, settings: { ...account.settings, enabled } });
            return ok();
          }),
        },
      },
      presence: {
        snapshot: snapshot('presence', () => ({ own: this.own, presentities: this.presentities })),
        commands: {
          publish: said('presence.publish', ({ status, note }) => {
            this.own = { ...this.own, status, note, sinceMs: Date.now(), shown: status === 'appear-offline' ? 'offline' : status };
            this.publish('presence.ownChanged', { own: this.own });
            return ok();
          }),
          watch: said('presence.watch', ok),
          unwatch: said('presence.unwatch', ok),
        },
      },
      people: {
        snapshot: snapshot('people', () => ({ people: this.people })),
        commands: {
          add: said('people.add', ({ details }) => {
            const person: Person = { ...details, id: this.#id('person') as PersonId, isPractice: false };
            this.people.push(person);
            this.publish('people.changed', { person });
            return success({ personId: person.id });
          }),
          update: said('people.update', ({ personId, details }) => {
            const index = this.people.findIndex((each) => each.id === personId);
            if (index === -1) return failed('not-found');
            const person = { ...this.people[index]!, ...details };
            this.people[index] = person;
            this.publish('people.changed', { person });
            return ok();
          }),
          remove: said('people.remove', ({ personId }) => {
            this.people = this.people.filter((each) => each.id !== personId);
            this.publish('people.removed', { personId });
            return ok();
          }),
        },
      },
      messaging: {
        snapshot: snapshot('messaging', () => ({ conversations: this.conversations })),
        commands: {
          open: said('messaging.open', ({ accountId, peer }) => {
            const by = accountId ?? this.#accountFor(peer);
            if (by === null) return failed('offline');
            const known = this.conversations.find((each) => each.accountId === by && each.peer === peer);
            if (known) return success({ conversation: known });
            const conversation: Conversation = {
              id: this.#id('conversation') as ConversationId,
              accountId: by,
              peer,
              peerDisplayName: '',
              lastMessage: null,
              unreadCount: 0,
              draft: '',
              muted: false,
              answered: true,
              changedAtMs: Date.now(),
            };
            this.conversations.push(conversation);
            this.publish('messaging.conversationChanged', { conversation });
            return success({ conversation });
          }),
          send: said('messaging.send', ({ conversationId, text }) => {
            const id = this.#id('message') as MessageId;
            this.addMessage({
              id,
              conversationId,
              direction: 'outgoing',
              text,
              asserted: null,
              atMs: Date.now(),
              sequence: Math.max(0, ...this.messages.map((each) => each.sequence)) + 1,
              state: 'sending',
              failure: null,
            });
            return success({ messageId: id });
          }),
          retry: said('messaging.retry', ({ messageId }) => {
            this.changeMessage(messageId, { state: 'queued', failure: null });
            return ok();
          }),
          page: said('messaging.page', ({ conversationId, before, limit }) => {
            const older = this.messages
              .filter((each) => each.conversationId === conversationId && (before === null || each.sequence < before))
              .sort((a, b) => a.sequence - b.sequence);
            return success({ messages: older.slice(-limit), hasMore: older.length > limit });
          }),
          markRead: said('messaging.markRead', ({ conversationId }) => {
            const conversation = this.#conversation(conversationId, (old) => ({ ...old, unreadCount: 0 }));
            this.publish('messaging.conversationChanged', { conversation });
            return ok();
          }),
          markUnread: said('messaging.markUnread', ({ conversationId }) => {
            const conversation = this.#conversation(conversationId, (old) => ({ ...old, unreadCount: Math.max(1, old.unreadCount) }));
            this.publish('messaging.conversationChanged', { conversation });
            return ok();
          }),
          saveDraft: said('messaging.saveDraft', ({ conversationId, draft }) => {
            const conversation = this.#conversation(conversationId, (old) => ({ ...old, draft }));
            this.publish('messaging.conversationChanged', { conversation });
            return ok();
          }),
          setMuted: said('messaging.setMuted', ({ conversationId, muted }) => {
            const conversation = this.#conversation(conversationId, (old) => ({ ...old, muted }));
            this.publish('messaging.conversationChanged', { conversation });
            return ok();
          }),
          remove: said('messaging.remove', ({ conversationId }) => {
            this.conversations = this.conversations.filter((each) => each.id !== conversationId);
            this.publish('messaging.conversationRemoved', { conversationId });
            return ok();
          }),
        },
      },
      calls: {
        snapshot: snapshot('calls', () => ({ calls: this.calls })),
        commands: {
          place: said('calls.place', ({ accountId, to }) =>
            (accountId ?? this.#accountFor(to)) === null ? failed('offline') : success({ callId: this.#id('call') as CallId }),
          ),
          accept: said('calls.accept', ok),
          reject: said('calls.reject', ({ callId }) => {
            const call = this.calls.find((each) => each.id === callId);
            if (call) this.setCall({ ...call, state: 'ended', endedAtMs: Date.now() });
            return ok();
          }),
          end: said('calls.end', ok),
          hold: said('calls.hold', ok),
          resume: said('calls.resume', ok),
          setMuted: said('calls.setMuted', ({ callId, muted }) => {
            const call = this.calls.find((each) => each.id === callId);
            if (call) this.setCall({ ...call, muted });
            return ok();
          }),
          setCameraOff: said('calls.setCameraOff', ok),
          sendDtmf: said('calls.sendDtmf', ok),
        },
      },
      history: {
        snapshot: snapshot('history', () => ({ unseenMissedCount: this.unseenMissedCount })),
        commands: {
          page: said('history.page', ({ before, missedOnly, with: party, limit }) => {
            const older = this.records
              .filter((each) => before === null || each.startedAtMs < before.startedAtMs)
              .filter((each) => !missedOnly || each.outcome === 'missed')
              .filter((each) => party === null || (each.accountId === party.accountId && each.peer === party.peer))
              .sort((a, b) => b.startedAtMs - a.startedAtMs);
            return success({ records: older.slice(0, limit), hasMore: older.length > limit });
          }),
          markSeen: said('history.markSeen', () => {
            this.unseenMissedCount = 0;
            this.publish('history.seen', {});
            return ok();
          }),
          remove: said('history.remove', ({ recordId }) => {
            this.records = this.records.filter((each) => each.id !== recordId);
            this.publish('history.recordRemoved', { recordId });
            return ok();
          }),
        },
      },
      media: {
        snapshot: snapshot('media', () => ({})),
        commands: {
          claim: said('media.claim', ok),
          release: said('media.release', ok),
          answer: said('media.answer', ({ legId, request, result }: { legId: string; request: number; result: MediaResult }) => {
            this.mediaAnswers.push({ legId, request, result });
            return ok();
          }),
          notify: said('media.notify', ok),
        },
      },
      practice: {
        snapshot: snapshot('practice', () => this.practice),
        commands: {
          start: said('practice.start', () => {
            const accountId = 'practice' as AccountId;
            this.practice = { running: true, accountId };
            this.publish('practice.changed', this.practice);
            return success({ accountId });
          }),
          remove: said('practice.remove', () => {
            this.practice = { running: false, accountId: null };
            this.publish('practice.changed', this.practice);
            return ok();
          }),
        },
      },
      settings: {
        snapshot: snapshot('settings', () => ({ settings: this.settings })),
        commands: {
          set: said('settings.set', ({ settings }) => this.#changeSettings(settings as Partial<Settings>)),
          setUpdateUrl: said('settings.setUpdateUrl', ({ url }) => this.#changeSettings({ updateUrl: url })),
          trustLinkHost: said('settings.trustLinkHost', ({ host }) =>
            this.#changeSettings({ trustedLinkHosts: [...this.settings.trustedLinkHosts, host] }),
          ),
          distrustLinkHost: said('settings.distrustLinkHost', ({ host }) =>
            this.#changeSettings({ trustedLinkHosts: this.settings.trustedLinkHosts.filter((each) => each !== host) }),
          ),
        },
      },
    };
  }

  #changeSettings(changes: Partial<Settings>): Outcome<null> {
    this.settings = { ...this.settings, ...changes };
    this.publish('settings.changed', { settings: this.settings });
    return success(null);
  }
}
