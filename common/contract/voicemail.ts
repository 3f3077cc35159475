/** Voicemail boxes of the accounts whose servers tell of one. */
import * as v from 'valibot';
import { AccountId } from '../model/ids.ts';
import { VoicemailBox } from '../model/voicemail.ts';
import { domain, event } from './define.ts';

export const voicemail = domain({
  snapshot: v.strictObject({ boxes: v.array(VoicemailBox) }),
  commands: {},
  events: {
    changed: event('A box was found, or its counts changed.', v.strictObject({ box: VoicemailBox })),
    removed: event('An account has no box any more, or it is not known.', v.strictObject({ accountId: AccountId })),
  },
});
