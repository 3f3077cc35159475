/** What a call is doing, and how a past one went, in words. */
import { assertNever } from '../model/assert-never.ts';
import type { Call, CallRecord } from '../model/call.ts';
import { failureText } from './failure-text.ts';
import { m } from './generated/messages.js';

export function callStateWords(call: Call): string {
  switch (call.state) {
    case 'preparing':
      return m.call_preparing();
    case 'calling':
      return m.call_calling();
    case 'ringing':
      return m.call_ringing();
    case 'accepting':
      return m.call_accepting();
    case 'active':
      if (call.heldByUs && call.heldByThem) return m.call_held_both();
      if (call.heldByUs) return m.call_on_hold();
      if (call.heldByThem) return m.call_held_by_them();
      return m.call_active();
    case 'ended':
      // A registrar says of a colleague who is not signed in that there is nobody of that name.
      if (call.failure?.code === 'unknown-address') return m.call_not_reachable();
      return call.failure ? failureText(call.failure).what : m.call_ended();
    default:
      return assertNever(call.state);
  }
}

/** A call among the messages with `name`, who is not named above it as in a list. */
export function callInConversationWords(record: CallRecord, name: string): string {
  const incoming = record.direction === 'incoming';
  switch (record.outcome) {
    case 'answered':
      return incoming ? m.conversation_call_incoming() : m.conversation_call_outgoing();
    case 'missed':
      return m.conversation_call_missed();
    case 'declined':
      return incoming ? m.conversation_call_declined_by_us() : m.conversation_call_declined_by_them({ name });
    case 'cancelled':
      return incoming ? m.conversation_call_missed() : m.conversation_call_not_answered();
    case 'busy':
      return m.conversation_call_busy({ name });
    case 'failed':
      return m.conversation_call_failed();
    case 'answered-elsewhere':
      return m.conversation_call_elsewhere();
    default:
      return assertNever(record.outcome);
  }
}

/** A call in a list, below the name of who it was with. */
export function outcomeWords(record: CallRecord): string {
  switch (record.outcome) {
    case 'answered':
      return record.direction === 'incoming' ? m.history_incoming() : m.history_outgoing();
    case 'missed':
      // It never rang: only this line says why.
      return record.failure?.code === 'not-acceptable'
        ? m.history_outcome_missed_why({ why: failureText(record.failure).what })
        : m.history_outcome_missed();
    case 'declined':
      return record.direction === 'incoming' ? m.history_outcome_declined_by_us() : m.history_outcome_declined_by_them();
    case 'cancelled':
      return record.direction === 'incoming' ? m.history_outcome_missed() : m.history_outcome_cancelled();
    case 'busy':
      return m.history_outcome_busy();
    case 'failed':
      return m.history_outcome_failed();
    case 'answered-elsewhere':
      return m.history_outcome_elsewhere();
    default:
      return assertNever(record.outcome);
  }
}
