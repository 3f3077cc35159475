/** Sound files of tests: a tone to be sent, and what tone was heard. */
import { readFileSync, writeFileSync } from 'node:fs';

const HEADER_LENGTH = 44;

/** A WAV file with a sine of that frequency, the same in each channel. */
export function writeTone(path: string, hertz: number, seconds: number, rate = 8_000, channels = 1): void {
  const frames = rate * seconds;
  const file = Buffer.alloc(HEADER_LENGTH + 2 * channels * frames);
  file.write('RIFF', 0);
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(channels, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(2 * channels * rate, 28);
  file.writeUInt16LE(2 * channels, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(2 * channels * frames, 40);
  for (let at = 0; at < frames; at += 1) {
    const sample = Math.round(8_000 * Math.sin((2 * Math.PI * hertz * at) / rate));
    for (let channel = 0; channel < channels; channel += 1) file.writeInt16LE(sample, HEADER_LENGTH + 2 * (channels * at + channel));
  }
  writeFileSync(path, file);
}

/** How much of the loudest second of a recorded file is that frequency, 0 to 1 (Goertzel). Zero for silence. */
export function shareOf(path: string, hertz: number): number {
  const file = readFileSync(path);
  const rate = file.readUInt32LE(24);
  const channels = file.readUInt16LE(22);
  const frames = Math.floor((file.length - HEADER_LENGTH) / (2 * channels));
  let best = { energy: 0, share: 0 };
  for (let from = 0; from + rate <= frames; from += rate / 2) {
    const coefficient = 2 * Math.cos((2 * Math.PI * hertz) / rate);
    let [before, beforeThat, energy] = [0, 0, 0];
    for (let at = from; at < from + rate; at += 1) {
      const sample = file.readInt16LE(HEADER_LENGTH + 2 * channels * at) / 0x8000;
      energy += sample * sample;
      [beforeThat, before] = [before, sample + coefficient * before - beforeThat];
    }
    const power = before * before + beforeThat * beforeThat - coefficient * before * beforeThat;
    if (energy > best.energy) best = { energy, share: (2 * power) / (rate * energy) };
  }
  return best.energy < 0.01 ? 0 : Math.min(1, best.share);
}
