/**
 * Which alerts are shown and when they are removed: never for a conversation on screen, none under do not disturb or
 * for a muted conversation, one for each conversation and each caller, and none for what was dealt with elsewhere in
 * the app. A call is always announced: one that may not be is refused before it rings.
 */
import type { AddressOfRecord } from '../../common/model/address-of-record.ts';
import type { Call, CallRecord } from '../../common/model/call.ts';
import type { AccountId, ConversationId } from '../../common/model/ids.ts';
import type { Conversation, Message } from '../../common/model/message.ts';
import type { VoicemailBox } from '../../common/model/voicemail.ts';
import type { AlertDisplay } from '../ports/alert-display.ts';
import { createCallAnnouncements } from './call-announcements.ts';

export interface AlertSettings {
  readonly alertMessages: boolean;
  readonly alertPreview: boolean;
  readonly alertMissedCalls: boolean;
  readonly alertVoicemail: boolean;
}

export interface AlertsHooks {
  settings(): AlertSettings;
  isDoNotDisturb(): boolean;
  /** Whether the user looks at a main window, and whether it shows this conversation. */
  isLookedAt(): boolean;
  isOnScreen(conversationId: ConversationId): boolean;
  nameOf(address: AddressOfRecord, displayName: string): string;
  /** The calls that the card is to show, none to hide it; and whether the user is in another call. */
  cardChanged(ringing: readonly Call[], isInCall: boolean): void;
}

export interface AlertPolicy {
  callChanged(call: Call): void;
  messageAdded(message: Message, conversation: Conversation): void;
  conversationChanged(conversation: Conversation): void;
  conversationRemoved(conversationId: ConversationId): void;
  callRecorded(record: CallRecord): void;
  missedCallsSeen(): void;
  voicemailChanged(box: VoicemailBox, before: VoicemailBox | null): void;
  accountRemoved(accountId: AccountId): void;
  /** The user turned to a window, or to another conversation. */
  attentionChanged(): void;
  /** Alerts that the user does not want from now on are removed at once. */
  doNotDisturbChanged(): void;
}

const ofConversation = (id: ConversationId): string => `conversation ${id}`;
const ofMissed = (accountId: AccountId, address: AddressOfRecord): string => `missed ${accountId} ${address}`;
const ofSeveralMissed = (accountId: AccountId): string => `missed ${accountId} several`;
const ofVoicemail = (accountId: AccountId): string => `voicemail ${accountId}`;

export function createAlertPolicy(alerts: AlertDisplay, hooks: AlertsHooks): AlertPolicy {
  const conversations = new Map<string, Conversation>();
  const missed = new Map<string, { readonly accountId: AccountId; readonly count: number }>();
  const voicemail = new Map<string, AccountId>();
  const callAnnouncements = createCallAnnouncements(alerts, {
    isLookedAt: () => hooks.isLookedAt(),
    nameOf: (call) => hooks.nameOf(call.peer, call.peerDisplayName),
    cardChanged: (ringing, isInCall) => {
      hooks.cardChanged(ringing, isInCall);
    },
  });

  function remove(shown: Map<string, unknown>, key: string): void {
    if (shown.delete(key)) alerts.remove(key);
  }

  function removeAll(shown: Map<string, unknown>): void {
    for (const key of [...shown.keys()]) remove(shown, key);
  }

  /** How many calls those alerts stood for. */
  function removeMissed(accountId: AccountId): number {
    let count = 0;
    for (const [key, each] of [...missed]) {
      if (each.accountId !== accountId) continue;
      count += each.count;
      remove(missed, key);
    }
    return count;
  }

  return {
    callChanged(call) {
      callAnnouncements.callChanged(call);
    },
    messageAdded(message, conversation) {
      if (message.direction !== 'incoming' || conversation.muted || !hooks.settings().alertMessages) return;
      if (hooks.isDoNotDisturb() || hooks.isOnScreen(conversation.id)) return;
      const key = ofConversation(conversation.id);
      conversations.set(key, conversation);
      alerts.show(key, {
        kind: 'message',
        conversationId: conversation.id,
        name: hooks.nameOf(conversation.peer, conversation.peerDisplayName),
        text: hooks.settings().alertPreview ? message.text.slice(0, 300) : null,
        count: conversation.unreadCount,
      });
    },
    conversationChanged(conversation) {
      if (conversation.unreadCount === 0 || conversation.muted) remove(conversations, ofConversation(conversation.id));
    },
    conversationRemoved(conversationId) {
      remove(conversations, ofConversation(conversationId));
    },
    callRecorded(record) {
      if (record.outcome !== 'missed' || !hooks.settings().alertMissedCalls || hooks.isDoNotDisturb()) return;
      const { accountId, severalCallers } = record;
      const key = severalCallers ? ofSeveralMissed(accountId) : ofMissed(accountId, record.peer);
      let count = (missed.get(key)?.count ?? 0) + 1;
      // A flood is one alert, which takes the place of those that were shown before it was one.
      if (severalCallers && !missed.has(key)) count += removeMissed(accountId);
      missed.set(key, { accountId, count });
      const name = hooks.nameOf(record.peer, record.peerDisplayName);
      alerts.show(key, { kind: 'missed-call', accountId, name, address: record.peer, count, severalCallers });
    },
    missedCallsSeen() {
      removeAll(missed);
    },
    voicemailChanged(box, before) {
      const key = ofVoicemail(box.accountId);
      if (box.newCount === 0) {
        remove(voicemail, key);
        return;
      }
      if (box.newCount <= (before?.newCount ?? 0) || !hooks.settings().alertVoicemail || hooks.isDoNotDisturb()) return;
      voicemail.set(key, box.accountId);
      alerts.show(key, { kind: 'voicemail', accountId: box.accountId, count: box.newCount, address: box.address });
    },
    accountRemoved(accountId) {
      remove(voicemail, ofVoicemail(accountId));
      removeMissed(accountId);
    },
    attentionChanged() {
      for (const [key, conversation] of [...conversations]) if (hooks.isOnScreen(conversation.id)) remove(conversations, key);
      callAnnouncements.attentionChanged();
    },
    doNotDisturbChanged() {
      if (!hooks.isDoNotDisturb()) return;
      removeAll(conversations);
      removeAll(missed);
      removeAll(voicemail);
    },
  };
}
