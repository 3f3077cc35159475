/**
 * The project's own sounds, made by the browser's synthesizer: ring, ringback, busy, keypad and test tone.
 * Each plays on the device it is meant for, until stopped.
 */
export interface Playing {
  stop(): void;
}

interface Note {
  readonly frequencies: readonly number[];
  readonly atMs: number;
  readonly lengthMs: number;
}

interface Pattern {
  readonly notes: readonly Note[];
  /** After this the pattern begins again; null: it is played once. */
  readonly repeatMs: number | null;
  readonly shape: OscillatorType;
}

const ring: Pattern = {
  // A rising and falling call of four notes, twice, then a rest.
  notes: [0, 900].flatMap((startMs) => [
    { frequencies: [587.33], atMs: startMs, lengthMs: 140 },
    { frequencies: [739.99], atMs: startMs + 150, lengthMs: 140 },
    { frequencies: [880], atMs: startMs + 300, lengthMs: 180 },
    { frequencies: [739.99], atMs: startMs + 500, lengthMs: 220 },
  ]),
  repeatMs: 3000,
  shape: 'triangle',
};
const ringback: Pattern = { notes: [{ frequencies: [425], atMs: 0, lengthMs: 1000 }], repeatMs: 5000, shape: 'sine' };
const busy: Pattern = {
  notes: [0, 500, 1000].map((atMs) => ({ frequencies: [425], atMs, lengthMs: 250 })),
  repeatMs: null,
  shape: 'sine',
};
const ended: Pattern = {
  notes: [
    { frequencies: [523.25], atMs: 0, lengthMs: 110 },
    { frequencies: [392], atMs: 130, lengthMs: 160 },
  ],
  repeatMs: null,
  shape: 'sine',
};
const test: Pattern = {
  notes: [523.25, 659.25, 783.99].map((frequency, index) => ({ frequencies: [frequency], atMs: index * 220, lengthMs: 200 })),
  repeatMs: null,
  shape: 'sine',
};

const rows = [697, 770, 852, 941];
const columns = [1209, 1336, 1477, 1633];
const keys = ['123A', '456B', '789C', '*0#D'];

export const tones = {
  ring: (deviceId: string | null, volume: number): Playing => play(ring, deviceId, volume),
  ringback: (deviceId: string | null): Playing => play(ringback, deviceId, 0.25),
  busy: (deviceId: string | null): Playing => play(busy, deviceId, 0.25),
  ended: (deviceId: string | null): Playing => play(ended, deviceId, 0.25),
  test: (deviceId: string | null): Playing => play(test, deviceId, 0.5),
  key: (key: string, deviceId: string | null): Playing => play(keyPattern(key), deviceId, 0.15),
};

export type Tones = typeof tones;

function keyPattern(key: string): Pattern {
  const row = keys.findIndex((line) => line.includes(key));
  const frequencies = [rows[row] ?? 0, columns[keys[row]?.indexOf(key) ?? 0] ?? 0].filter((frequency) => frequency > 0);
  return { notes: [{ frequencies, atMs: 0, lengthMs: 120 }], repeatMs: null, shape: 'sine' };
}

function play(pattern: Pattern, deviceId: string | null, volume: number): Playing {
  // `sinkId` is not in every TypeScript's DOM; Chromium has it since 110.
  const context = new AudioContext(deviceId === null ? {} : ({ sinkId: deviceId } as AudioContextOptions));
  const master = context.createGain();
  master.gain.value = volume * 0.5;
  master.connect(context.destination);
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const stop = (): void => {
    if (stopped) return;
    stopped = true;
    if (timer) clearTimeout(timer);
    void context.close();
  };
  const round = (): void => {
    const startsAt = context.currentTime + 0.02;
    for (const note of pattern.notes) sound(context, master, pattern.shape, note, startsAt);
    const lengthMs = Math.max(...pattern.notes.map((note) => note.atMs + note.lengthMs));
    timer = setTimeout(pattern.repeatMs === null ? stop : round, pattern.repeatMs ?? lengthMs + 200);
  };
  round();
  return { stop };
}

function sound(context: AudioContext, to: AudioNode, shape: OscillatorType, note: Note, startsAt: number): void {
  const begin = startsAt + note.atMs / 1000;
  const end = begin + note.lengthMs / 1000;
  const gain = context.createGain();
  // Soft edges: a tone that starts at full strength clicks.
  gain.gain.setValueAtTime(0, begin);
  gain.gain.linearRampToValueAtTime(1 / note.frequencies.length, begin + 0.012);
  gain.gain.setValueAtTime(1 / note.frequencies.length, Math.max(begin + 0.012, end - 0.03));
  gain.gain.linearRampToValueAtTime(0, end);
  gain.connect(to);
  for (const frequency of note.frequencies) {
    const oscillator = context.createOscillator();
    oscillator.type = shape;
    oscillator.frequency.value = frequency;
    oscillator.connect(gain);
    oscillator.start(begin);
    oscillator.stop(end);
  }
}
