/** Running calls. A call's media belongs to the window that claims it (see media). */
import * as v from 'valibot';
import { AddressOfRecord } from '../model/address-of-record.ts';
import { Call, DtmfTones } from '../model/call.ts';
import { AccountId, CallId } from '../model/ids.ts';
import { command, domain, event } from './define.ts';

const OfCall = v.strictObject({ callId: CallId });

export const calls = domain({
  snapshot: v.strictObject({ calls: v.array(Call) }),
  commands: {
    place: command(
      'Prepares an outgoing call, by the account given or the fitting one, and holds the others; its INVITE leaves when a window has claimed its media. Asked again while it is being set up, the same call.',
      v.strictObject({ accountId: v.optional(v.nullable(AccountId), null), to: AddressOfRecord, video: v.boolean() }),
      v.strictObject({ callId: CallId }),
    ),
    accept: command(
      'Accepts a ringing call and holds the others, or ends them; the 200 leaves when a window has claimed its media.',
      v.strictObject({ callId: CallId, video: v.boolean(), endOthers: v.optional(v.boolean(), false) }),
      v.null(),
    ),
    reject: command(
      'Declines a ringing call: 603, or 486 where `busy`.',
      v.strictObject({ callId: CallId, busy: v.optional(v.boolean(), false) }),
      v.null(),
    ),
    end: command('Ends a call in any state: CANCEL, BYE or a refusal, as its state wants.', OfCall, v.null()),
    hold: command('Holds: our media stops and theirs is not played.', OfCall, v.null()),
    resume: command('Resumes a call that we hold, and holds the others.', OfCall, v.null()),
    setMuted: command('Mutes or opens the microphone.', v.strictObject({ callId: CallId, muted: v.boolean() }), v.null()),
    setCameraOff: command(
      'Stops or starts sending pictures of a video call.',
      v.strictObject({ callId: CallId, cameraOff: v.boolean() }),
      v.null(),
    ),
    sendDtmf: command('Sends tones as the account says: RFC 4733 or INFO.', v.strictObject({ callId: CallId, tones: DtmfTones }), v.null()),
  },
  events: {
    changed: event('A call began or changed; one that is `ended` leaves the snapshot.', v.strictObject({ call: Call })),
    dtmfReceived: event('The far side sent a tone.', v.strictObject({ callId: CallId, tone: v.string() })),
  },
});
