/** Small decisions of the call window: its last words, and which keys are its own. */
import type { Call } from '../../common/model/call.ts';
import type { Failure } from '../../common/model/failure.ts';
import { callStateWords } from '../../common/text/call-words.ts';
import { failureText } from '../../common/text/failure-text.ts';
import { m } from '../../common/text/generated/messages.js';

/** Why there is nothing more to do here. */
export function closingWords(call: Call | null, refusal: Failure | null): string {
  if (call?.state === 'ended') return callStateWords(call);
  switch (refusal?.code) {
    case undefined:
    case 'not-found':
      return m.call_is_over();
    case 'conflict':
      return m.call_in_other_window();
    case 'disconnected':
      return m.call_connection_lost();
    default:
      return refusal ? failureText(refusal).what : m.call_is_over();
  }
}

/** Letters and digits are shortcuts unless somebody types or a modifier is held. */
export function takesKey(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return false;
  const target = event.target;
  return !(target instanceof HTMLElement && /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
