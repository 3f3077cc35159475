/**
 * Alerts of the system: what the user should notice while they look at something else. What an alert says is
 * chosen by the host from the facts given here, in the user's language; what its buttons do is the host's too.
 */
import type { Alert } from '../../common/model/alert.ts';

export interface AlertDisplay {
  /** Shows it, in place of one shown before under the same key. MUST NOT throw where the system shows none. */
  show(key: string, alert: Alert): void;
  /** Takes it away; one that is not there is fine. */
  remove(key: string): void;
}
