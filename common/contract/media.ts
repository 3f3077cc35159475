/**
 * The media seam on the wire. A window claims a call; the core then asks it for operations on the call's legs by
 * events that go to that window alone, and the window answers each once. When the window's connection ends, the call
 * does.
 */
import * as v from 'valibot';
import { CallId, LegId } from '../model/ids.ts';
import { MediaEventName, MediaOperation, MediaResult, PeerState } from '../model/media.ts';
import { command, domain, event } from './define.ts';

const RequestNumber = v.pipe(v.number(), v.integer(), v.minValue(1));

export const media = domain({
  snapshot: v.strictObject({}),
  commands: {
    claim: command('Takes the media of a call that has no owner yet, with all its legs.', v.strictObject({ callId: CallId }), v.null()),
    release: command('Gives the media of a call up; an unfinished call ends.', v.strictObject({ callId: CallId }), v.null()),
    answer: command('Answers one operation.', v.strictObject({ legId: LegId, request: RequestNumber, result: MediaResult }), v.null()),
    notify: command(
      "Tells an event of the leg's peer connection, with its state at that moment.",
      v.strictObject({ legId: LegId, event: MediaEventName, hasCandidate: v.optional(v.boolean(), false), state: PeerState }),
      v.null(),
    ),
  },
  events: {
    requested: event(
      'To the owner alone: carry this operation out.',
      v.strictObject({ callId: CallId, legId: LegId, request: RequestNumber, operation: MediaOperation }),
    ),
  },
});
