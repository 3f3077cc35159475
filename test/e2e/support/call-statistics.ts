/** What a call window receives, measured at the page itself. */
import { expect, type Page } from '@playwright/test';

export interface CallStatistics {
  readonly audioPacketsReceived: number;
  readonly totalAudioEnergy: number;
  readonly framesDecoded: number;
}

export function statisticsOf(window: Page): Promise<CallStatistics> {
  return window.evaluate(() => (globalThis as unknown as { ahoyCallStatistics(): Promise<CallStatistics> }).ahoyCallStatistics());
}

/** Sound arrives: its energy grows between two looks. */
export async function expectSound(window: Page): Promise<void> {
  const before = await statisticsOf(window);
  await expect
    .poll(async () => (await statisticsOf(window)).totalAudioEnergy - before.totalAudioEnergy, { timeout: 15_000 })
    .toBeGreaterThan(0.001);
}

/** Nothing is heard, for longer than the test's microphone pauses between two beeps. */
const SILENCE_MS = 2_500;

export async function expectSilence(window: Page): Promise<void> {
  const before = await statisticsOf(window);
  await window.waitForTimeout(SILENCE_MS);
  expect((await statisticsOf(window)).totalAudioEnergy - before.totalAudioEnergy).toBeLessThan(0.000_001);
}

export async function expectPictures(window: Page): Promise<void> {
  const before = await statisticsOf(window);
  await expect.poll(async () => (await statisticsOf(window)).framesDecoded - before.framesDecoded, { timeout: 15_000 }).toBeGreaterThan(10);
}
