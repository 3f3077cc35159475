/** A new voice message is announced until it is heard. */
import type { Joint } from './joint.ts';

export const voicemailAlerts: Joint = (facts, { alerts }) => {
  facts.on('voicemail.boxChanged', ({ box, before }) => {
    alerts.voicemailChanged(box, before);
  });
};
