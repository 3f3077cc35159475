/** What a page hears of the far side: the frequency that is loudest in it. */
import type { Page } from '@playwright/test';

/** In hertz; 0 while nothing is heard. */
export function loudestTone(window: Page): Promise<number> {
  return window.evaluate(async () => {
    const stream = document.querySelector('audio')?.srcObject;
    if (!(stream instanceof MediaStream)) return 0;
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = 8192;
    context.createMediaStreamSource(stream).connect(analyser);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const spectrum = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(spectrum);
    const loudest = spectrum.reduce((best, level, bin) => (level > (spectrum[best] ?? -Infinity) ? bin : best), 0);
    const hertz = (spectrum[loudest] ?? -Infinity) < -80 ? 0 : (loudest * context.sampleRate) / analyser.fftSize;
    await context.close();
    return hertz;
  });
}
