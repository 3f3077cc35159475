import { expect, test } from 'vitest';
import { DEFAULT_TIMES } from '../../../../../main/sip/times.ts';
import { OptionsPing } from '../../../../../main/sip/wire/options-ping.ts';
import { createFakeClock } from '../../../../support/fake-clock.ts';

/** What a restart of a server takes at least: shorter ones cannot be told from a lost datagram. */
const RESTART_MS = 3_000;

function setUp(hasBeenAnswered: boolean, isIdle = false) {
  let matters = !isIdle;
  const clock = createFakeClock();
  const startMs = clock.now();
  const sentAtMs: number[] = [];
  const texts: string[] = [];
  let deadAtMs: number | null = null;
  const { datagramPingMs: intervalMs, datagramIdlePingMs: idleIntervalMs, datagramAnswerWithinMs: answerWithinMs } = DEFAULT_TIMES;
  const times = { intervalMs, idleIntervalMs, answerWithinMs };
  const ping = new OptionsPing(clock, times, 'sip.test', '192.0.2.1:5060', hasBeenAnswered, {
    matters: () => matters,
    transmit: (text) => {
      texts.push(text);
      sentAtMs.push(clock.now() - startMs);
    },
    dead: () => {
      deadAtMs = clock.now() - startMs;
    },
  });
  const answerTo = (text: string): string => text.replace(/^OPTIONS .*/, 'SIP/2.0 200 OK');
  ping.start();
  const begin = (): void => {
    matters = true;
    ping.attend();
  };
  return { clock, ping, texts, sentAtMs, answerTo, begin, deadAtMs: () => deadAtMs };
}

test('a ping leaves within a restart of the server, which would go unseen otherwise', () => {
  const { clock, sentAtMs } = setUp(true);
  clock.advance(RESTART_MS);
  expect(sentAtMs[0]).toBeLessThan(RESTART_MS);
});

test('a ping is sent six times before the server is held dead, the same text each time, all within eight seconds', () => {
  const { clock, texts, deadAtMs } = setUp(true);
  clock.advance(60_000);
  expect(texts).toHaveLength(6);
  expect(new Set(texts).size).toBe(1);
  expect(deadAtMs()).toBeLessThanOrEqual(8_000);
});

test('the last of them being answered is enough', () => {
  const { clock, ping, texts, answerTo, deadAtMs } = setUp(true);
  clock.advance(6_500);
  expect(texts).toHaveLength(6);
  expect(ping.takes(answerTo(texts[5]!))).toBe(true);
  clock.advance(2_000);
  expect(deadAtMs()).toBeNull();
});

test('whatever else arrives is a sign of life, and goes on to whom it is for', () => {
  const { clock, ping, texts, deadAtMs } = setUp(true);
  for (let times = 0; times < 20; times += 1) {
    clock.advance(2_000);
    expect(ping.takes('SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKother\r\n\r\n')).toBe(false);
  }
  expect(texts).toEqual([]);
  expect(deadAtMs()).toBeNull();
});

test('a server that never answered a ping is asked on and not held dead', () => {
  const { clock, texts, deadAtMs } = setUp(false);
  clock.advance(60_000);
  expect(texts.length).toBeGreaterThan(12);
  expect(deadAtMs()).toBeNull();
});

test('while nothing matters a server is asked no more than 150 times an hour, and held dead within half a minute', () => {
  const idle = setUp(true, true);
  for (let answered = 0, secondsGone = 0; secondsGone < 3_600; secondsGone += 1) {
    idle.clock.advance(1_000);
    for (; answered < idle.texts.length; answered += 1) idle.ping.takes(idle.answerTo(idle.texts[answered]!));
  }
  expect(idle.texts.length).toBeGreaterThan(100);
  expect(idle.texts.length).toBeLessThanOrEqual(150);

  const dying = setUp(true, true);
  dying.clock.advance(60_000);
  expect(dying.deadAtMs()).toBeLessThanOrEqual(30_000);
});

test('what begins while nothing mattered brings the next ping near, once', () => {
  const { clock, sentAtMs, begin } = setUp(true, true);
  clock.advance(10_000);
  begin();
  clock.advance(1_000);
  begin();
  clock.advance(2_000);
  expect(sentAtMs[0]).toBe(12_500);
});
