/** Every amendment of JsSIP, in one list; made before the first user agent. */
import { amendDigestAnswers } from './digest-answers.ts';
import { amendForkedAnswers } from './forked-answers.ts';
import { amendGlare } from './glare.ts';
import { amendHoldAnswers } from './hold-answers.ts';
import { amendLostConnection } from './lost-connection.ts';
import { amendMergedRequests } from './merged-requests.ts';
import { amendRandomness } from './randomness.ts';
import { amendSubscriptions } from './subscriptions.ts';
import { amendTransfers } from './transfers.ts';
import { amendUnreadableRequests } from './unreadable-requests.ts';
import { amendWebrtcNames } from './webrtc-names.ts';

/** Idempotent. */
export function amendJsSip(): void {
  amendWebrtcNames();
  amendRandomness();
  amendDigestAnswers();
  amendForkedAnswers();
  amendGlare();
  amendHoldAnswers();
  amendLostConnection();
  amendTransfers();
  amendSubscriptions();
  amendMergedRequests();
  amendUnreadableRequests();
}
