/**
 * What the user can do across domains from anywhere on screen: go to a section, open a chat with somebody, call them,
 * accept a call. Also holds which view the main window shows; that alone is local state.
 */
import { SvelteSet } from 'svelte/reactivity';
import type { FrontView } from '../../common/model/host.ts';
import type { ClientKind } from '../../common/contract/grants.ts';
import { assertNever } from '../../common/model/assert-never.ts';
import type { AddressOfRecord } from '../../common/model/address-of-record.ts';
import type { Failure, Outcome } from '../../common/model/failure.ts';
import type { AccountId, CallId, ConversationId, PersonId } from '../../common/model/ids.ts';
import { PageCallWindows } from './page-call-windows.ts';
import type { CallsStore } from './calls.svelte.ts';
import type { HostStore } from './host.svelte.ts';
import type { MessagingStore } from './messaging.svelte.ts';

export type Section = 'chats' | 'people' | 'calls';

export interface NavigationStores {
  readonly messaging: MessagingStore;
  readonly calls: CallsStore;
  readonly host: HostStore;
}

export class Navigation {
  section = $state<Section>('chats');
  conversationId = $state<ConversationId | null>(null);
  personId = $state<PersonId | null>(null);
  /** In the Calls section, a narrow window shows either the past calls or the dial pad. */
  dialling = $state(false);
  finderOpen = $state(false);
  settingsTab = $state<string | null>(null);
  /** Own status and note are being chosen. */
  ownPresenceOpen = $state(false);
  /** A passphrase is wanted before passwords can be kept or read. */
  passphraseOpen = $state(false);
  /** What came from outside (a link, the clipboard) names nobody who could be called. */
  nothingToCall = $state(false);
  /** What went wrong with the last wish, until the next one. */
  failure = $state.raw<Failure | null>(null);
  /** Calls whose window the browser did not let us open. */
  readonly blocked = new SvelteSet<CallId>();
  readonly #stores: NavigationStores;
  readonly #isMain: boolean;
  readonly #windows = new PageCallWindows();

  constructor(stores: NavigationStores, kind: ClientKind) {
    this.#stores = stores;
    this.#isMain = kind === 'main';
  }

  /** In the main window, which another window asks to come to the front for it. */
  showConversation(id: ConversationId | null): void {
    if (!this.#isMain && id !== null) {
      void this.#stores.host.openMain({ kind: 'conversation', conversationId: id });
      return;
    }
    this.section = 'chats';
    this.conversationId = id;
  }

  /** What somebody outside this window wants to be seen here; not behind the settings or the finder. */
  show(view: FrontView): void {
    if (view.kind !== 'as-it-is') this.finderOpen = false;
    if (view.kind === 'conversation' || view.kind === 'calls' || view.kind === 'own-presence') this.settingsTab = null;
    switch (view.kind) {
      case 'as-it-is':
        return;
      case 'conversation':
        this.showConversation(view.conversationId);
        return;
      case 'calls':
        this.section = 'calls';
        return;
      case 'own-presence':
        this.ownPresenceOpen = true;
        return;
      case 'nothing-to-call':
        this.nothingToCall = true;
        return;
      default:
        assertNever(view);
    }
  }

  showPerson(id: PersonId | null): void {
    this.section = 'people';
    this.personId = id;
  }

  /** Opens the conversation with an address, by the account given or the one that the host finds fitting. */
  async chat(peer: AddressOfRecord, accountId: AccountId | null = null): Promise<Outcome<null>> {
    const answer = await this.#stores.messaging.open(accountId, peer);
    if (!answer.ok) return this.#said(answer);
    this.showConversation(answer.value.conversation.id);
    return this.#said({ ok: true, value: null });
  }

  /** Leaves a conversation and marks it unread, to come back to it. */
  async replyLater(id: ConversationId): Promise<void> {
    // What is looked at is read.
    if (this.conversationId === id) this.conversationId = null;
    this.#said(await this.#stores.messaging.markUnread(id));
  }

  async setMuted(id: ConversationId, muted: boolean): Promise<void> {
    this.#said(await this.#stores.messaging.setMuted(id, muted));
  }

  async call(to: AddressOfRecord, video: boolean, accountId: AccountId | null = null): Promise<Outcome<null>> {
    const answer = await this.#stores.calls.place(accountId, to, video);
    if (!answer.ok) return this.#said(answer);
    this.#openWindow(answer.value.callId);
    return this.#said({ ok: true, value: null });
  }

  async accept(callId: CallId, video: boolean, endOthers = false): Promise<Outcome<null>> {
    const answer = await this.#stores.calls.accept(callId, video, endOthers);
    if (!answer.ok) return this.#said(answer);
    this.#openWindow(callId);
    return this.#said(answer);
  }

  async decline(callId: CallId): Promise<void> {
    const answer = await this.#stores.calls.reject(callId);
    // The caller gave up in the same moment.
    if (!answer.ok && answer.failure.code !== 'not-found') this.#said(answer);
  }

  /** Brings the call's window to the front, or opens one for a call that has none. */
  async showCall(callId: CallId): Promise<void> {
    if (this.#stores.host.capabilities.windows) this.#said(await this.#stores.host.openCallWindow(callId));
    else this.#openWindow(callId);
  }

  /** Whether "Open call window" can do something for this call. */
  canShowCall(callId: CallId): boolean {
    const call = this.#stores.calls.get(callId);
    return this.#stores.host.capabilities.windows || this.#windows.has(callId) || call?.hasMediaOwner === false;
  }

  /** Declines and writes instead. */
  async messageInstead(callId: CallId): Promise<void> {
    const call = this.#stores.calls.get(callId);
    if (!call) return;
    await this.decline(callId);
    await this.chat(call.peer, call.accountId);
  }

  #openWindow(callId: CallId): void {
    if (this.#stores.host.capabilities.windows) return;
    if (this.#windows.show(callId)) this.blocked.delete(callId);
    else this.blocked.add(callId);
  }

  #said(outcome: Outcome<null>): Outcome<null> {
    this.failure = outcome.ok ? null : outcome.failure;
    return outcome;
  }
}
