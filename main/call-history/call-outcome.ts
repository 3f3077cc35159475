/** How a call that is over is recorded. */
import type { Call, CallOutcome } from '../../common/model/call.ts';
import type { FailureCode } from '../../common/model/failure.ts';

/** Of an incoming call: nobody took it, or nobody could be asked. */
const MISSED: ReadonlySet<FailureCode> = new Set(['cancelled', 'request-timeout', 'busy', 'unavailable', 'not-acceptable']);

/** `byUs`: our user ended it; `declined`: by an explicit refusal of an incoming call. */
export function outcomeOf(call: Call, byUs: boolean, declined: boolean): CallOutcome {
  if (call.answeredAtMs !== null) return 'answered';
  const code = call.failure?.code;
  if (call.direction === 'incoming') {
    if (code === 'answered-elsewhere') return 'answered-elsewhere';
    if (declined) return 'declined';
    return code === undefined || MISSED.has(code) ? 'missed' : 'failed';
  }
  if (code === 'busy') return 'busy';
  if (code === 'declined') return 'declined';
  if (byUs && (code === undefined || code === 'cancelled')) return 'cancelled';
  return 'failed';
}
