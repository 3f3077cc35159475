/** What a peer connection says about the sound and pictures of a call, and the verdict drawn from it. */

export interface CallStatistics {
  readonly audioPacketsReceived: number;
  readonly audioPacketsLost: number;
  readonly audioPacketsSent: number;
  /** Grows while something is heard; stays while there is silence. */
  readonly totalAudioEnergy: number;
  readonly audioLevel: number;
  readonly jitterMs: number;
  readonly roundTripMs: number | null;
  readonly framesDecoded: number;
  readonly framesSent: number;
}

export type Verdict = 'waiting' | 'good' | 'fair' | 'poor' | 'no-audio' | 'no-sending';

export interface Quality {
  readonly verdict: Verdict;
  /** Of the last interval, in percent. */
  readonly lossPercent: number;
  readonly jitterMs: number;
}

const nothing: CallStatistics = {
  audioPacketsReceived: 0,
  audioPacketsLost: 0,
  audioPacketsSent: 0,
  totalAudioEnergy: 0,
  audioLevel: 0,
  jitterMs: 0,
  roundTripMs: null,
  framesDecoded: 0,
  framesSent: 0,
};

export function readStatistics(report: RTCStatsReport | null): CallStatistics {
  let read = nothing;
  report?.forEach((entry: Readonly<Record<string, unknown>>) => {
    const number = (name: string): number => (typeof entry[name] === 'number' ? entry[name] : 0);
    const kind = entry['kind'];
    if (entry['type'] === 'inbound-rtp' && kind === 'audio') {
      read = {
        ...read,
        audioPacketsReceived: read.audioPacketsReceived + number('packetsReceived'),
        audioPacketsLost: read.audioPacketsLost + number('packetsLost'),
        totalAudioEnergy: read.totalAudioEnergy + number('totalAudioEnergy'),
        audioLevel: Math.max(read.audioLevel, number('audioLevel')),
        jitterMs: Math.max(read.jitterMs, number('jitter') * 1000),
      };
    } else if (entry['type'] === 'inbound-rtp' && kind === 'video') {
      read = { ...read, framesDecoded: read.framesDecoded + number('framesDecoded') };
    } else if (entry['type'] === 'outbound-rtp' && kind === 'audio') {
      read = { ...read, audioPacketsSent: read.audioPacketsSent + number('packetsSent') };
    } else if (entry['type'] === 'outbound-rtp' && kind === 'video') {
      read = { ...read, framesSent: read.framesSent + number('framesSent') };
    } else if (entry['type'] === 'remote-inbound-rtp' && kind === 'audio') {
      read = { ...read, roundTripMs: number('roundTripTime') * 1000 };
    }
  });
  return read;
}

/** Packets that did not come count as much as those lost: a dead network loses none. */
export function judge(before: CallStatistics | null, now: CallStatistics): Quality {
  if (!before) return { verdict: 'waiting', lossPercent: 0, jitterMs: now.jitterMs };
  const received = Math.max(0, now.audioPacketsReceived - before.audioPacketsReceived);
  const lost = Math.max(0, now.audioPacketsLost - before.audioPacketsLost);
  const sent = Math.max(0, now.audioPacketsSent - before.audioPacketsSent);
  const lossPercent = received + lost === 0 ? 0 : (100 * lost) / (received + lost);
  return { verdict: verdictOf(received, sent, lossPercent, now.jitterMs), lossPercent, jitterMs: now.jitterMs };
}

function verdictOf(received: number, sent: number, lossPercent: number, jitterMs: number): Verdict {
  if (received === 0) return 'no-audio';
  if (sent === 0) return 'no-sending';
  if (lossPercent >= 8 || jitterMs >= 100) return 'poor';
  if (lossPercent >= 2 || jitterMs >= 40) return 'fair';
  return 'good';
}
