/** The commands and the present state of the contract's domain `voicemail`. */
import type { Serve } from './served.ts';

export const serveVoicemail: Serve<'voicemail'> = ({ core: { voicemail } }) => ({
  snapshot: () => ({ boxes: [...voicemail.boxes()] }),
  commands: {},
});
