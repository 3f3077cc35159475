/**
 * Makes the domains, each with what it needs of those made before it. What happens in one is published as a fact; what
 * another does about it stands in `joints`.
 */
import { accountFor } from '../../common/model/account.ts';
import type { AddressOfRecord } from '../../common/model/address-of-record.ts';
import type { AccountId } from '../../common/model/ids.ts';
import { newestWith } from '../../common/model/message.ts';
import { nameOfParty } from '../../common/model/person.ts';
import { createAccounts, type Accounts } from '../accounts/accounts.ts';
import { createAlertPolicy, type AlertPolicy } from '../alerts/alert-policy.ts';
import { createCallHistory, type CallHistory } from '../call-history/call-history.ts';
import { createCalls, type Calls } from '../calls/calls.ts';
import { createMessaging, type Messaging } from '../messaging/messaging.ts';
import { createPeople, type People } from '../people/people.ts';
import type { UserAgent } from '../ports/sip-stack.ts';
import { createPresence, type Presence } from '../presence/presence.ts';
import { createVoicemail, type Voicemail } from '../voicemail/voicemail.ts';
import { createAlertBoard, type AlertBoard } from './alert-board.ts';
import type { AppAdapters } from './adapters.ts';
import { createAttention, type Attention } from './attention.ts';
import type { Facts } from './facts.ts';
import { forgivingValues } from './forgiving-values.ts';
import { createFront, type Front } from './front.ts';
import { late } from './late.ts';
import { createMediaRelay, type MediaRelay } from './media-relay.ts';
import { createNotices, type Notices } from './notices.ts';
import { createPractice, type Practice } from './practice.ts';
import { createReachability, type Reachability } from './reachability.ts';
import { createUserSettings, type UserSettings } from './user-settings.ts';
import { createWatches, type Watches } from './watches.ts';
import { createWishes, type Wishes } from './wishes.ts';

export interface Core {
  readonly accounts: Accounts;
  readonly alerts: AlertPolicy;
  readonly alertBoard: AlertBoard;
  readonly attention: Attention;
  readonly callHistory: CallHistory;
  readonly calls: Calls;
  readonly front: Front;
  readonly media: MediaRelay;
  readonly messaging: Messaging;
  readonly notices: Notices;
  readonly people: People;
  readonly practice: Practice;
  readonly presence: Presence;
  readonly reachability: Reachability;
  readonly settings: UserSettings;
  readonly voicemail: Voicemail;
  readonly watches: Watches;
  readonly wishes: Wishes;
  /** By which account somebody is reached where none is named; null where there is none. */
  readonly accountFor: (address: AddressOfRecord) => AccountId | null;
}

export function compose(adapters: AppAdapters, facts: Facts): Core {
  const { store, clock, random, logger, windows } = adapters;
  // What arrives at an account is passed to domains that are made after it, because they need it to send.
  const lateCalls = late<Calls>('calls');
  const lateMessaging = late<Messaging>('messaging');
  const latePresence = late<Presence>('presence');

  const media = createMediaRelay(clock, {
    requested: (owner, callId, legId, request, operation) => {
      facts.publish('media.requested', { callId, legId, request, operation, owner });
    },
    ownerChanged: (callId, hasOwner) => {
      facts.publish('media.ownerChanged', { callId, hasOwner });
    },
    isCall: (callId) =>
      lateCalls
        .get()
        .all()
        .some((call) => call.id === callId),
    callOf: (legId) => lateCalls.get().callOf(legId),
  });
  const accounts: Accounts = createAccounts(
    { store: store.accounts, secrets: adapters.secrets, stack: adapters.sipStack(media.peer), clock, random, logger },
    {
      changed: (account) => {
        facts.publish('accounts.changed', { account });
      },
      removed: (accountId) => {
        facts.publish('accounts.removed', { accountId });
      },
      usable: (accountId) => {
        facts.publish('accounts.usable', { accountId });
      },
      disconnected: (accountId) => {
        const failure = accounts.all().find((account) => account.id === accountId)?.registration.failure ?? null;
        facts.publish('accounts.disconnected', { accountId, failure });
      },
      leaving: (accountId, userAgent) => latePresence.get().accountLeaving(accountId, userAgent),
      messageReceived: (accountId, message) => lateMessaging.get().receive(accountId, message),
      sessionReceived: (accountId, session) => lateCalls.get().receive(accountId, session),
    },
  );
  const usableUserAgent = (accountId: AccountId): UserAgent | null => (accounts.isUsable(accountId) ? accounts.userAgent(accountId) : null);
  const addressOf = (accountId: AccountId): AddressOfRecord | null =>
    accounts.all().find((account) => account.id === accountId)?.settings.addressOfRecord ?? null;

  const people = createPeople(store.people, random, {
    changed: (person) => {
      facts.publish('people.changed', { person });
    },
    removed: (personId) => {
      facts.publish('people.removed', { personId });
    },
  });
  const messaging = lateMessaging.set(
    createMessaging(
      { store: store.messages, clock, random, logger },
      {
        usableUserAgent,
        isAccount: (accountId) => addressOf(accountId) !== null,
        isPerson: (address) => people.withAddress(address) !== null,
        messageAdded: (message, conversation) => {
          facts.publish('messaging.messageAdded', { message, conversation });
        },
        messageChanged: (message, conversation) => {
          facts.publish('messaging.messageChanged', { message, conversation });
        },
        conversationChanged: (conversation) => {
          facts.publish('messaging.conversationChanged', { conversation });
        },
        conversationRemoved: (conversationId) => {
          facts.publish('messaging.conversationRemoved', { conversationId });
        },
      },
    ),
  );
  const presence = latePresence.set(
    createPresence(
      { values: forgivingValues(store.values, logger), clock },
      {
        usableUserAgent,
        addressOf,
        ownChanged: (own) => {
          facts.publish('presence.ownChanged', { own });
        },
        changed: (presentity) => {
          facts.publish('presence.changed', { presentity });
        },
        forgotten: (accountId, address) => {
          facts.publish('presence.forgotten', { accountId, address });
        },
      },
    ),
  );
  const reachability = createReachability(clock, hasOwnBell(adapters), (isReachable) => {
    facts.publish('reachability.changed', { isReachable });
  });
  const calls = lateCalls.set(
    createCalls(
      { clock, random, logger },
      {
        usableUserAgent,
        refusal: () => (presence.own().status === 'do-not-disturb' ? 'busy' : reachability.isReachable() ? null : 'unavailable'),
        isKnown: (accountId, address) =>
          people.withAddress(address) !== null || messaging.conversationWith(accountId, address)?.answered === true,
        changed: (call) => {
          facts.publish('calls.changed', { call });
        },
        dtmfReceived: (callId, tone) => {
          facts.publish('calls.dtmfReceived', { callId, tone });
        },
        ended: (ended) => {
          facts.publish('calls.ended', { ended });
        },
        windowWanted: (callId) => {
          facts.publish('calls.windowWanted', { callId });
        },
        activeCountChanged: (active) => {
          facts.publish('calls.activeCountChanged', { active });
        },
      },
    ),
  );
  const callHistory = createCallHistory(
    { store: store.calls, clock, random, logger },
    {
      recorded: (record) => {
        facts.publish('history.recordAdded', { record, unseenMissedCount: store.calls.unseenMissedCount() });
      },
      seen: () => {
        facts.publish('history.seen', {});
      },
      removed: (recordId) => {
        facts.publish('history.recordRemoved', { recordId });
      },
    },
  );
  const voicemail = createVoicemail(clock, {
    usableUserAgent,
    addressOf,
    changed: (box, before) => {
      facts.publish('voicemail.changed', { box });
      facts.publish('voicemail.boxChanged', { box, before });
    },
    removed: (accountId) => {
      facts.publish('voicemail.removed', { accountId });
    },
  });
  const settings = createUserSettings(store.values, (present) => {
    facts.publish('settings.changed', { settings: present });
  });
  const attention = createAttention(() => {
    facts.publish('attention.changed', {});
  });
  const alertBoard = createAlertBoard(adapters.alerts, {
    shown: (key, alert) => {
      facts.publish('alerts.shown', { key, alert });
    },
    removed: (key) => {
      facts.publish('alerts.removed', { key });
    },
  });
  const alerts = createAlertPolicy(alertBoard, {
    settings: () => settings.present(),
    isDoNotDisturb: () => presence.own().status === 'do-not-disturb',
    isLookedAt: () => attention.isLookedAt(),
    isOnScreen: (conversationId) => attention.isOnScreen(conversationId),
    nameOf: (address, displayName) => nameOfParty(people.withAddress(address), displayName, address),
    cardChanged: (ringing, isInCall) => {
      windows.showCard(ringing, isInCall);
    },
  });
  const notices = createNotices(clock, random, logger, {
    noticed: (notice) => {
      facts.publish('host.noticed', { notice });
    },
    dismissed: (id) => {
      facts.publish('host.noticeDismissed', { id });
    },
  });
  const wishes = createWishes(clock, random, {
    wished: (wish) => {
      facts.publish('desktop.wished', { wish });
    },
    dismissed: (id) => {
      facts.publish('desktop.wishDismissed', { id });
    },
  });
  const practice = createPractice(adapters.practice, accounts, people, messaging, logger, (state) => {
    facts.publish('practice.changed', { ...state });
  });

  return {
    accounts,
    alerts,
    alertBoard,
    attention,
    callHistory,
    calls,
    front: createFront(windows, facts),
    media,
    messaging,
    notices,
    people,
    practice,
    presence,
    reachability,
    settings,
    voicemail,
    watches: createWatches(clock, { accounts, people, messaging, presence }),
    wishes,
    accountFor(address) {
      const lastUsed = newestWith(messaging.conversations(), address)?.accountId ?? null;
      return accountFor(accounts.all(), address, lastUsed)?.id ?? null;
    },
  };
}

/** Whether a call would be heard with no page open: alerts that a page shows are none then. */
function hasOwnBell({ capabilities: { incomingCard, alerts } }: AppAdapters): boolean {
  return incomingCard || (alerts !== 'none' && alerts !== 'page');
}
