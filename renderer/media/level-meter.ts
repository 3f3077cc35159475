/** The loudness of a microphone, 0 to 1, for as long as it is measured. */
import { openMicrophone } from './capture.ts';

export interface LevelMeter {
  stop(): void;
}

const INTERVAL_MS = 50;

/** Opens the microphone and tells its level until stopped. Rejects where it cannot be opened. */
export async function measureLevel(deviceId: string | null, tell: (level: number) => void): Promise<LevelMeter> {
  const stream = await openMicrophone(deviceId);
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    let sum = 0;
    for (const sample of samples) sum += sample * sample;
    // -60 dB to 0 dB, spread evenly.
    const decibel = 10 * Math.log10(sum / samples.length + 1e-9);
    tell(Math.min(1, Math.max(0, 1 + decibel / 60)));
  }, INTERVAL_MS);
  return {
    stop() {
      clearInterval(timer);
      for (const track of stream.getTracks()) track.stop();
      void context.close();
      tell(0);
    },
  };
}
