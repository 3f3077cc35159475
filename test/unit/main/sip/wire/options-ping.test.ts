import { expect, test } from 'vitest';
import { DEFAULT_TIMES } from '../../../../../main/sip/times.ts';
import { OptionsPing } from '../../../../../main/sip/wire/options-ping.ts';
import { createFakeClock } from '../../../../support/fake-clock.ts';

/** What a restart of a server takes at least: shorter ones cannot be told from a lost datagram. */
const RESTART_MS = 3_000;

function setUp(hasBeenAnswered: boolean) {
  const clock = createFakeClock();
  const startMs = clock.now();
  const sentAtMs: number[] = [];
  const texts: string[] = [];
  let deadAtMs: number | null = null;
  const { datagramPingMs: intervalMs, datagramAnswerWithinMs: answerWithinMs } = DEFAULT_TIMES;
  const ping = new OptionsPing(clock, { intervalMs, answerWithinMs }, 'sip.test', '192.0.2.1:5060', hasBeenAnswered, {
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
  return { clock, ping, texts, sentAtMs, answerTo, deadAtMs: () => deadAtMs };
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
