/** Whether an offer of a far side that is no browser can be answered: before anything rings. */
import { parseCryptoLine } from './crypto-line.ts';
import { attributesOf, parseDescription } from './description.ts';
import { carriesSound } from './outward.ts';

const PROFILES = new Set(['RTP/AVP', 'RTP/AVPF', 'RTP/SAVP', 'RTP/SAVPF']);

export function canCarry(sdp: string): boolean {
  const sound = parseDescription(sdp)?.sections.find(({ kind, port }) => kind === 'audio' && port !== 0);
  if (!sound || !PROFILES.has(sound.protocol) || !carriesSound(sound)) return false;
  return !sound.protocol.includes('SAVP') || attributesOf(sound, 'crypto').some((value) => parseCryptoLine(value) !== null);
}
