/** The commands and the present state of the contract's domain `calls`. */
import { failed } from '../../../common/model/failure.ts';
import type { Serve } from './served.ts';

export const serveCalls: Serve<'calls'> = ({ core: { accountFor, calls } }) => ({
  snapshot: () => ({ calls: [...calls.all()] }),
  commands: {
    place({ accountId, to, video }) {
      const by = accountId ?? accountFor(to);
      return by === null ? failed('offline') : calls.place(by, to, video);
    },
    accept: ({ callId, video, endOthers }) => calls.accept(callId, video, endOthers),
    reject: ({ callId, busy }) => calls.reject(callId, busy),
    end: ({ callId }) => calls.end(callId),
    hold: ({ callId }) => calls.hold(callId),
    resume: ({ callId }) => calls.resume(callId),
    setMuted: ({ callId, muted }) => calls.setMuted(callId, muted),
    setCameraOff: ({ callId, cameraOff }) => calls.setCameraOff(callId, cameraOff),
    sendDtmf: ({ callId, tones }) => calls.sendDtmf(callId, tones),
  },
});
