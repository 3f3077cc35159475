/** Packets between two sides that know each stream by another name. */
import { describe, expect, it } from 'vitest';
import { FarStream } from '../../../../../main/gateway/rtp/far-stream.ts';
import { packetsOf, translated } from '../../../../../main/gateway/rtp/rtcp.ts';
import { headerLength, isRtcp, isRtp, withoutExtension } from '../../../../../main/gateway/rtp/rtp-packet.ts';
import { TelephoneEvents } from '../../../../../main/gateway/rtp/telephone-events.ts';

const hex = (text: string): Buffer => Buffer.from(text.replace(/\s/g, ''), 'hex');

function rtp(ssrc: number, sequence: number, timestamp: number, payload = hex('00')): Buffer {
  const packet = Buffer.concat([Buffer.alloc(12), payload]);
  packet[0] = 0x80;
  packet.writeUInt16BE(sequence, 2);
  packet.writeUInt32BE(timestamp, 4);
  packet.writeUInt32BE(ssrc, 8);
  return packet;
}

describe('a packet', () => {
  it('is told from a control packet, and from what is neither', () => {
    expect([isRtp(rtp(1, 1, 1)), isRtcp(rtp(1, 1, 1))]).toEqual([true, false]);
    const report = hex('80c90001 00000007');
    expect([isRtp(report), isRtcp(report)]).toEqual([false, true]);
    const stun = hex('000100002112a442000000000000000000000000');
    expect([isRtp(stun), isRtcp(stun), isRtp(hex('80')), isRtcp(Buffer.alloc(0))]).toEqual([false, false, false, false]);
  });

  it('loses its extension and nothing else; one cut short is no packet', () => {
    const extended = hex('90000001 00000002 00000003 bede0001 aabbccdd 1122');
    expect(headerLength(extended)).toBe(20);
    expect(withoutExtension(extended)).toEqual(hex('80000001 00000002 00000003 1122'));
    expect(isRtp(hex('90000001 00000002 00000003 bede00ff aabbccdd'))).toBe(false);
    expect(isRtp(hex('8f000001 00000002 00000003'))).toBe(false);
  });
});

describe('the far side’s stream', () => {
  it('goes on unbroken when its source changes', () => {
    const stream = new FarStream(99, 8_000);
    const first = stream.continued(rtp(1, 65_535, 1_000), 0);
    expect([first.readUInt32BE(8), first.readUInt16BE(2), first.readUInt32BE(4)]).toEqual([99, 65_535, 1_000]);
    // Another phone, 40 ms later, with a count of its own.
    const second = stream.continued(rtp(2, 7, 500_000), 40);
    expect([second.readUInt32BE(8), second.readUInt16BE(2), second.readUInt32BE(4)]).toEqual([99, 0, 1_320]);
    expect(second.readUInt8(1) & 0x80).toBe(0x80);
    const third = stream.continued(rtp(2, 8, 500_160), 60);
    expect([third.readUInt16BE(2), third.readUInt32BE(4)]).toEqual([1, 1_480]);
    expect(stream.source).toBe(2);
  });

  it('is not thrown back by a packet that comes late', () => {
    const stream = new FarStream(99, 8_000);
    stream.continued(rtp(1, 10, 1_600), 0);
    stream.continued(rtp(1, 9, 1_440), 5);
    const next = stream.continued(rtp(2, 0, 0), 20);
    expect(next.readUInt16BE(2)).toBe(11);
  });
});

describe('control packets', () => {
  const sent = { from: 5, to: 50, sequenceOffset: 3, timestampOffset: 1_000 };
  const received = { from: 6, to: 60, sequenceOffset: 10, timestampOffset: 0 };

  it('a report has the names and counts of the other side, and what it does not know is left out', () => {
    const report = hex('82c80012 00000005 0000000100000002 00000064 00000003 00000004');
    const block = (ssrc: number): Buffer =>
      Buffer.concat([hex('00000000'), Buffer.alloc(4), hex('0001ffff'), Buffer.alloc(12)]).fill(ssrc, 3, 4);
    const compound = Buffer.concat([report, block(6), block(8)]);
    const out = translated(compound, { sent, received })!;
    expect(out.readUInt8(0)).toBe(0x81);
    expect(out.length).toBe(52);
    expect(out.readUInt16BE(2)).toBe(12);
    expect(out.readUInt32BE(4)).toBe(50);
    expect(out.readUInt32BE(16)).toBe(1_100);
    expect(out.readUInt32BE(28)).toBe(60);
    // The count of wraps stays, the sequence moves within it.
    expect(out.readUInt32BE(36)).toBe(0x00010009);
  });

  it.each([
    ['a picture loss', '81ce0002 00000005 00000006', '80c90001 00000032 81ce0002 00000032 0000003c'],
    [
      'a full intra request',
      '84ce0004 00000005 00000000 00000006 01000000',
      '80c90001 00000032 84ce0004 00000032 00000000 0000003c 01000000',
    ],
    ['a request for lost packets', '81cd0003 00000005 00000006 00050003', '80c90001 00000032 81cd0003 00000032 0000003c 000f0003'],
    ['the older request for a picture', '80c00001 00000005', '80c90001 00000032 81ce0002 00000032 0000003c'],
    ['a goodbye', '81cb0001 00000005', '80c90001 00000032 81cb0001 00000032'],
  ])('%s is passed on, behind a report', (_what, packet, expected) => {
    expect(translated(hex(packet), { sent, received })).toEqual(hex(expected));
  });

  it('what only one side understands is dropped, and so is what is cut short', () => {
    expect(translated(hex('8fcd0003 00000005 00000006 00050003'), { sent, received })).toBeNull();
    expect(translated(hex('82c80013 00000005'), { sent, received })).toBeNull();
    expect(translated(hex('81ce0001 00000005'), { sent, received })).toBeNull();
    expect(packetsOf(hex('80c9ffff 00000005'))).toEqual([]);
    expect(packetsOf(hex('00c90001 00000005'))).toEqual([]);
  });
});

it('a tone is heard once, however often its packets are repeated', () => {
  const events = new TelephoneEvents();
  const event = (tone: number, timestamp: number): Buffer => rtp(1, 1, timestamp, Buffer.from([tone, 0x0a, 0, 160]));
  expect(
    [event(5, 100), event(5, 100), event(5, 100), event(5, 900), event(11, 1_800), event(16, 2_000)].map((packet) => events.toneOf(packet)),
  ).toEqual(['5', null, null, '5', '#', null]);
  expect(events.toneOf(rtp(1, 1, 5))).toBeNull();
});
