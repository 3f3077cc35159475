/**
 * The host's own client of the contract: what tray, alerts, badge and shortcuts know about the core, and how they send
 * it commands. It is a client as a window is, connected in memory, so that nothing is known in two different ways.
 */
import { contract, type AhoyContract, type DomainName } from '../../../../common/contract/index.ts';
import type { Account } from '../../../../common/model/account.ts';
import type { AddressOfRecord } from '../../../../common/model/address-of-record.ts';
import type { Call } from '../../../../common/model/call.ts';
import type { AccountId, CallId, ConversationId, PersonId } from '../../../../common/model/ids.ts';
import type { Conversation } from '../../../../common/model/message.ts';
import type { Person } from '../../../../common/model/person.ts';
import { mostTelling, type OwnPresence, type Presentity } from '../../../../common/model/presence.ts';
import type { VoicemailBox } from '../../../../common/model/voicemail.ts';
import { createClient, type Client } from '../../../../common/transport/client.ts';
import { follow, type Followed } from '../../../../common/transport/follow.ts';
import { memoryPair } from '../../../../common/transport/memory-pair.ts';
import type { App } from '../../../app/app.ts';
import type { Logger } from '../../../ports/logger.ts';

export interface CoreState {
  own: OwnPresence | null;
  unseenMissedCount: number;
  readonly accounts: Map<AccountId, Account>;
  readonly people: Map<PersonId, Person>;
  /** By account: an address may be watched by several, and one of them forgets it alone. */
  readonly presentities: Map<AccountId, Map<AddressOfRecord, Presentity>>;
  readonly conversations: Map<ConversationId, Conversation>;
  readonly calls: Map<CallId, Call>;
  readonly voicemail: Map<AccountId, VoicemailBox>;
}

export interface CoreMirror {
  readonly state: CoreState;
  readonly ask: Client<AhoyContract>['ask'];
  /** Told after changes, a burst of them once. */
  onChange(listener: () => void): void;
}

/** A burst of messages redraws the tray once. */
const SETTLE_MS = 50;
/** When a part of the core that could not be had is asked for again. */
const RELOAD_MS = 5_000;

export async function followCore(app: App, logger: Logger): Promise<CoreMirror> {
  const pair = memoryPair();
  app.connect(pair.far, 'shell');
  const client = createClient(contract, pair.near, (what) => {
    logger.error('the host does not understand its own core', { what });
  });
  const state: CoreState = {
    own: null,
    unseenMissedCount: 0,
    accounts: new Map(),
    people: new Map(),
    presentities: new Map(),
    conversations: new Map(),
    calls: new Map(),
    voicemail: new Map(),
  };
  const listeners: (() => void)[] = [];
  let isNotifying = false;
  const changed = (): void => {
    if (isNotifying) return;
    isNotifying = true;
    setTimeout(() => {
      isNotifying = false;
      for (const listener of listeners) listener();
    }, SETTLE_MS);
  };

  async function mirror<D extends DomainName>(of: Followed<AhoyContract, D>): Promise<void> {
    const { first } = follow(
      client,
      {
        domain: of.domain,
        adopt(snapshot) {
          of.adopt(snapshot);
          changed();
        },
        apply(event) {
          of.apply(event);
          changed();
        },
      },
      (again) => setTimeout(again, RELOAD_MS),
    );
    // Without a domain the tray says less, and the core starts in any case.
    if (!(await first)) logger.error('the host does not know a part of its own core', { domain: of.domain });
  }

  await mirror({
    domain: 'presence',
    adopt({ own, presentities }) {
      state.own = own;
      state.presentities.clear();
      for (const each of presentities) keepPresentity(state, each);
    },
    apply(event) {
      if (event.name === 'presence.ownChanged') state.own = event.payload.own;
      else if (event.name === 'presence.changed') keepPresentity(state, event.payload.presentity);
      else state.presentities.get(event.payload.accountId)?.delete(event.payload.address);
    },
  });
  await mirror({
    domain: 'accounts',
    adopt({ accounts }) {
      replace(state.accounts, accounts);
    },
    apply(event) {
      if (event.name === 'accounts.changed') state.accounts.set(event.payload.account.id, event.payload.account);
      else state.accounts.delete(event.payload.accountId);
    },
  });
  await mirror({
    domain: 'people',
    adopt({ people }) {
      replace(state.people, people);
    },
    apply(event) {
      if (event.name === 'people.changed') state.people.set(event.payload.person.id, event.payload.person);
      else state.people.delete(event.payload.personId);
    },
  });
  await mirror({
    domain: 'messaging',
    adopt({ conversations }) {
      replace(state.conversations, conversations);
    },
    apply(event) {
      if (event.name === 'messaging.conversationRemoved') state.conversations.delete(event.payload.conversationId);
      else state.conversations.set(event.payload.conversation.id, event.payload.conversation);
    },
  });
  await mirror({
    domain: 'calls',
    adopt({ calls }) {
      replace(state.calls, calls);
    },
    apply(event) {
      if (event.name !== 'calls.changed') return;
      const { call } = event.payload;
      if (call.state === 'ended') state.calls.delete(call.id);
      else state.calls.set(call.id, call);
    },
  });
  await mirror({
    domain: 'voicemail',
    adopt({ boxes }) {
      state.voicemail.clear();
      for (const each of boxes) state.voicemail.set(each.accountId, each);
    },
    apply(event) {
      if (event.name === 'voicemail.changed') state.voicemail.set(event.payload.box.accountId, event.payload.box);
      else state.voicemail.delete(event.payload.accountId);
    },
  });
  await mirror({
    domain: 'history',
    adopt({ unseenMissedCount }) {
      state.unseenMissedCount = unseenMissedCount;
    },
    apply(event) {
      if (event.name === 'history.recordAdded') state.unseenMissedCount = event.payload.unseenMissedCount;
      else if (event.name === 'history.seen') state.unseenMissedCount = 0;
    },
  });
  return {
    state,
    ask: client.ask,
    onChange: (listener) => {
      listeners.push(listener);
    },
  };
}

/** What is known of whoever has this address, by whichever account. */
export function presentityOf(state: CoreState, address: AddressOfRecord): Presentity | null {
  return mostTelling([...state.presentities.values()].flatMap((byAddress) => byAddress.get(address) ?? []));
}

/** In place: others hold the map. */
function replace<Item extends { readonly id: string }>(map: Map<Item['id'], Item>, items: readonly Item[]): void {
  map.clear();
  for (const item of items) map.set(item.id, item);
}

function keepPresentity(state: CoreState, presentity: Presentity): void {
  const byAddress = state.presentities.get(presentity.accountId) ?? new Map<AddressOfRecord, Presentity>();
  state.presentities.set(presentity.accountId, byAddress.set(presentity.address, presentity));
}

export function unreadCount(state: CoreState): number {
  let count = 0;
  for (const conversation of state.conversations.values()) count += conversation.unreadCount;
  return count;
}
