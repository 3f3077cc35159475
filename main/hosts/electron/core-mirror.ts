/**
 * The host's own client of the contract: what tray, alerts, badge and shortcuts know of the core, and how they ask
 * it for things. It is a client as a window is, joined in memory, so that nothing is known twice in two ways.
 */
import { contract, type AhoyContract } from '../../../common/contract/index.ts';
import type { Account } from '../../../common/model/account.ts';
import type { AddressOfRecord } from '../../../common/model/address-of-record.ts';
import type { Call } from '../../../common/model/call.ts';
import type { AccountId, CallId, ConversationId, PersonId } from '../../../common/model/ids.ts';
import type { Conversation } from '../../../common/model/message.ts';
import type { Person } from '../../../common/model/person.ts';
import { mostTelling, type OwnPresence, type Presentity } from '../../../common/model/presence.ts';
import type { VoicemailBox } from '../../../common/model/voicemail.ts';
import { createClient, type Client } from '../../../common/transport/client.ts';
import type { SnapshotOf } from '../../../common/transport/names.ts';
import { memoryPair } from '../../../common/transport/memory-pair.ts';
import type { App } from '../../app/app.ts';
import type { Logger } from '../../ports/logger.ts';

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
  let isTelling = false;
  const changed = (): void => {
    if (isTelling) return;
    isTelling = true;
    setTimeout(() => {
      isTelling = false;
      for (const listener of listeners) listener();
    }, SETTLE_MS);
  };

  /** Listens before the snapshot is asked for; both come in order over the one transport. */
  type Names = Parameters<typeof client.listen>[0];
  const on = <N extends Names>(name: N, apply: (payload: Parameters<Parameters<typeof client.listen<N>>[1]>[0]) => void): void => {
    client.listen(name, (payload) => {
      apply(payload);
      changed();
    });
  };
  on('presence.ownChanged', ({ own }) => (state.own = own));
  on('presence.changed', ({ presentity }) => {
    keepPresentity(state, presentity);
  });
  on('presence.forgotten', ({ accountId, address }) => state.presentities.get(accountId)?.delete(address));
  on('accounts.changed', ({ account }) => state.accounts.set(account.id, account));
  on('accounts.removed', ({ accountId }) => state.accounts.delete(accountId));
  on('people.changed', ({ person }) => state.people.set(person.id, person));
  on('people.removed', ({ personId }) => state.people.delete(personId));
  on('messaging.messageAdded', ({ conversation }) => state.conversations.set(conversation.id, conversation));
  on('messaging.messageChanged', ({ conversation }) => state.conversations.set(conversation.id, conversation));
  on('messaging.conversationChanged', ({ conversation }) => state.conversations.set(conversation.id, conversation));
  on('messaging.conversationRemoved', ({ conversationId }) => state.conversations.delete(conversationId));
  on('calls.changed', ({ call }) => (call.state === 'ended' ? state.calls.delete(call.id) : state.calls.set(call.id, call)));
  on('history.recordAdded', ({ unseenMissedCount }) => (state.unseenMissedCount = unseenMissedCount));
  on('history.seen', () => (state.unseenMissedCount = 0));
  on('voicemail.changed', ({ box }) => state.voicemail.set(box.accountId, box));
  on('voicemail.removed', ({ accountId }) => state.voicemail.delete(accountId));

  /** A domain whose snapshot does not come is done without: the tray says less, and the core starts in any case. */
  const load = async <D extends 'presence' | 'accounts' | 'people' | 'messaging' | 'calls' | 'history' | 'voicemail'>(
    domain: D,
    adopt: (snapshot: SnapshotOf<AhoyContract, D>) => void,
  ): Promise<void> => {
    const answer = await client.snapshot(domain);
    if (answer.ok) adopt(answer.value.state);
    else logger.error('the host does not know a part of its own core', { domain, code: answer.failure.code });
  };
  await load('presence', ({ own, presentities }) => {
    state.own = own;
    for (const each of presentities) keepPresentity(state, each);
  });
  await load('accounts', ({ accounts }) => {
    for (const each of accounts) state.accounts.set(each.id, each);
  });
  await load('people', ({ people }) => {
    for (const each of people) state.people.set(each.id, each);
  });
  await load('messaging', ({ conversations }) => {
    for (const each of conversations) state.conversations.set(each.id, each);
  });
  await load('calls', ({ calls }) => {
    for (const each of calls) state.calls.set(each.id, each);
  });
  await load('voicemail', ({ boxes }) => {
    for (const each of boxes) state.voicemail.set(each.accountId, each);
  });
  await load('history', ({ unseenMissedCount }) => {
    state.unseenMissedCount = unseenMissedCount;
  });
  changed();
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

function keepPresentity(state: CoreState, presentity: Presentity): void {
  const byAddress = state.presentities.get(presentity.accountId) ?? new Map<AddressOfRecord, Presentity>();
  state.presentities.set(presentity.accountId, byAddress.set(presentity.address, presentity));
}

export function unreadCount(state: CoreState): number {
  let count = 0;
  for (const conversation of state.conversations.values()) count += conversation.unreadCount;
  return count;
}
