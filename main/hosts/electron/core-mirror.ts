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
import type { OwnPresence, Presentity } from '../../../common/model/presence.ts';
import type { VoicemailBox } from '../../../common/model/voicemail.ts';
import { createClient, type Client } from '../../../common/transport/client.ts';
import { memoryPair } from '../../../common/transport/memory-pair.ts';
import type { App } from '../../app/app.ts';
import type { Logger } from '../../ports/logger.ts';

export interface CoreState {
  own: OwnPresence | null;
  unseenMissedCount: number;
  readonly accounts: Map<AccountId, Account>;
  readonly people: Map<PersonId, Person>;
  readonly presentities: Map<AddressOfRecord, Presentity>;
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
  on('presence.changed', ({ presentity }) => state.presentities.set(presentity.address, presentity));
  on('presence.forgotten', ({ address }) => state.presentities.delete(address));
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

  const load = async <D extends 'presence' | 'accounts' | 'people' | 'messaging' | 'calls' | 'history' | 'voicemail'>(domain: D) => {
    const answer = await client.snapshot(domain);
    if (!answer.ok) throw new Error(`the core gave no ${domain}: ${answer.failure.code}`);
    return answer.value.state;
  };
  const presence = await load('presence');
  state.own = presence.own;
  for (const each of presence.presentities) state.presentities.set(each.address, each);
  for (const each of (await load('accounts')).accounts) state.accounts.set(each.id, each);
  for (const each of (await load('people')).people) state.people.set(each.id, each);
  for (const each of (await load('messaging')).conversations) state.conversations.set(each.id, each);
  for (const each of (await load('calls')).calls) state.calls.set(each.id, each);
  for (const each of (await load('voicemail')).boxes) state.voicemail.set(each.accountId, each);
  state.unseenMissedCount = (await load('history')).unseenMissedCount;
  changed();
  return {
    state,
    ask: client.ask,
    onChange: (listener) => {
      listeners.push(listener);
    },
  };
}

export function unreadCount(state: CoreState): number {
  let count = 0;
  for (const conversation of state.conversations.values()) count += conversation.unreadCount;
  return count;
}
