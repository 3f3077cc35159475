import { expect, test } from 'vitest';
import { UdpTransactions } from '../../../../../main/sip/wire/retransmission.ts';
import { createFakeClock } from '../../../../support/fake-clock.ts';

function setUp() {
  const clock = createFakeClock();
  const startMs = clock.now();
  const transmitted: { text: string; atMs: number }[] = [];
  const delivered: string[] = [];
  const transactions = new UdpTransactions(clock, {
    transmit: (text) => transmitted.push({ text, atMs: clock.now() - startMs }),
    deliver: (text) => delivered.push(text),
  });
  const times = (text: string): number[] => transmitted.filter((entry) => entry.text === text).map(({ atMs }) => atMs);
  return { clock, transactions, transmitted, delivered, times };
}

const headers = (method: string, branch: string): string =>
  `Via: SIP/2.0/UDP h:1;rport;branch=z9hG4bK${branch}\r\nCSeq: 1 ${method}\r\n\r\n`;
const request = (method: string, branch = 'b'): string => `${method} sip:a@b SIP/2.0\r\n${headers(method, branch)}`;
const response = (status: number, method: string, branch = 'b'): string => `SIP/2.0 ${status} X\r\n${headers(method, branch)}`;

test('timer E: 0.5 s, doubling to 4 s, until 32 s (RFC 3261 §17.1.2.2)', () => {
  const { clock, transactions, times } = setUp();
  transactions.send(request('MESSAGE'));
  clock.advance(60_000);
  expect(times(request('MESSAGE'))).toEqual([0, 500, 1_500, 3_500, 7_500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500]);
  expect(clock.pending()).toBe(0);
});

test('timer E is 4 s at once after a 1xx, and stops at a final response', () => {
  const { clock, transactions, times } = setUp();
  transactions.send(request('MESSAGE'));
  clock.advance(600);
  transactions.receive(response(100, 'MESSAGE'));
  clock.advance(6_000);
  transactions.receive(response(200, 'MESSAGE'));
  clock.advance(60_000);
  expect(times(request('MESSAGE'))).toEqual([0, 500, 1_500, 5_500]);
});

test('timer A: doubles without a limit, and stops at any response (§17.1.1.2)', () => {
  const { clock, transactions, times } = setUp();
  transactions.send(request('INVITE'));
  clock.advance(60_000);
  expect(times(request('INVITE'))).toEqual([0, 500, 1_500, 3_500, 7_500, 15_500, 31_500]);
  const second = setUp();
  second.transactions.send(request('INVITE'));
  second.transactions.receive(response(100, 'INVITE'));
  second.clock.advance(60_000);
  expect(second.times(request('INVITE'))).toEqual([0]);
});

test('a repeated refusal of our INVITE is acknowledged again and not delivered (timer D)', () => {
  const { transactions, delivered, times } = setUp();
  transactions.send(request('INVITE'));
  transactions.receive(response(486, 'INVITE'));
  transactions.send(request('ACK'));
  transactions.receive(response(486, 'INVITE'));
  transactions.receive(response(486, 'INVITE'));
  expect(delivered).toEqual([response(486, 'INVITE')]);
  expect(times(request('ACK'))).toHaveLength(3);
});

test('a repeated request is answered again and delivered once (timer J)', () => {
  const { clock, transactions, delivered, times } = setUp();
  transactions.receive(request('MESSAGE'));
  transactions.receive(request('MESSAGE'));
  expect(times(response(200, 'MESSAGE'))).toEqual([]);
  transactions.send(response(200, 'MESSAGE'));
  transactions.receive(request('MESSAGE'));
  clock.advance(31_000);
  transactions.receive(request('MESSAGE'));
  expect(delivered).toEqual([request('MESSAGE')]);
  expect(times(response(200, 'MESSAGE'))).toEqual([0, 0, 31_000]);
  // After 32 seconds it is a new one (§17.2.2).
  clock.advance(2_000);
  transactions.receive(request('OPTIONS', 'other'));
  transactions.receive(request('MESSAGE'));
  expect(delivered).toHaveLength(3);
});

test('our refusal of an INVITE is repeated until its ACK (timer G), a 2xx is left to the core', () => {
  const { clock, transactions, times } = setUp();
  transactions.receive(request('INVITE'));
  transactions.send(response(486, 'INVITE'));
  clock.advance(4_000);
  transactions.receive(request('ACK'));
  clock.advance(60_000);
  expect(times(response(486, 'INVITE'))).toEqual([0, 500, 1_500, 3_500]);
  transactions.receive(request('INVITE', 'ok'));
  transactions.send(response(200, 'INVITE', 'ok'));
  transactions.receive(request('INVITE', 'ok'));
  clock.advance(60_000);
  expect(times(response(200, 'INVITE', 'ok'))).toHaveLength(1);
});

test('CANCEL is a transaction beside its INVITE, though it shares the branch', () => {
  const { transactions, delivered } = setUp();
  transactions.receive(request('INVITE'));
  transactions.receive(request('CANCEL'));
  expect(delivered).toHaveLength(2);
});

test('after close nothing is sent any more', () => {
  const { clock, transactions, transmitted } = setUp();
  transactions.send(request('MESSAGE'));
  transactions.receive(request('INVITE', 'i'));
  transactions.send(response(486, 'INVITE', 'i'));
  transactions.close();
  clock.advance(60_000);
  expect(transmitted).toHaveLength(2);
});
