/** One media section: from where it takes packets, what it does with junk, and with keys that change. */
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { MediaSection } from '../../../../main/gateway/media-section.ts';
import type { Sender } from '../../../../main/gateway/outer-sockets.ts';
import { formatCryptoLine } from '../../../../main/gateway/sdp/crypto-line.ts';
import { parseDescription } from '../../../../main/gateway/sdp/description.ts';
import { Srtp } from '../../../../main/gateway/srtp/srtp.ts';
import { suiteNamed } from '../../../../main/gateway/srtp/suite.ts';

const PHONE: Sender = { address: '192.0.2.1', port: 4000 };
const NAT: Sender = { address: '198.51.100.7', port: 61_234 };
const STRANGER: Sender = { address: '203.0.113.9', port: 4000 };
const suite = suiteNamed('AES_CM_128_HMAC_SHA1_80')!;
const master = { key: Buffer.alloc(16, 1), salt: Buffer.alloc(14, 2) };

function rtp(sequence: number, payload = 0): Buffer {
  const packet = Buffer.alloc(172, sequence);
  packet[0] = 0x80;
  packet[1] = payload;
  packet.writeUInt16BE(sequence, 2);
  packet.writeUInt32BE(sequence * 160, 4);
  packet.writeUInt32BE(7, 8);
  return packet;
}

function setUp(protocol = 'RTP/AVP', ...lines: string[]) {
  const toPage: Buffer[] = [];
  const tones: string[] = [];
  const sent: { packet: Buffer; to: Sender }[] = [];
  const section = new MediaSection(
    'audio',
    {
      port: 20_000,
      controlPort: 20_001,
      send: (packet, to) => sent.push({ packet, to }),
      sendControl: () => undefined,
      close: () => undefined,
    },
    { toPage: (packet) => toPage.push(packet), controlToPage: () => undefined, toneReceived: (tone) => tones.push(tone) },
  );
  const page = parseDescription('v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0 101\r\na=rtpmap:101 telephone-event/8000\r\na=ssrc:5 cname:x\r\n')!;
  const far = (port = 4000, more = lines) =>
    parseDescription(['v=0', 'c=IN IP4 192.0.2.1', `m=audio ${port} ${protocol} 0 101`, ...more, ''].join('\r\n'))!;
  const adopt = (description = far()) => {
    section.adopt(description, description.sections[0]!, 'offer');
    return section.outer(page.sections[0]!, null);
  };
  return { section, toPage, tones, sent, far, adopt };
}

describe('plain RTP', () => {
  it('goes to where the far side said, and to where it really sends from once it has sent', () => {
    const { section, sent, toPage, adopt } = setUp();
    adopt();
    section.fromPage(rtp(1));
    section.fromFar(rtp(1), NAT, false);
    section.fromPage(rtp(2));
    expect(sent.map(({ to }) => to)).toEqual([PHONE, NAT]);
    expect(toPage).toHaveLength(1);
  });

  it('is not taken from anybody else afterwards, until the far side moves', () => {
    const { section, toPage, sent, far, adopt } = setUp();
    adopt();
    section.fromFar(rtp(1), PHONE, false);
    section.fromFar(rtp(2), STRANGER, false);
    section.fromFar(rtp(3), { ...PHONE, port: 4002 }, false);
    expect(toPage).toHaveLength(1);
    adopt(far(5000));
    section.fromFar(rtp(4), { ...PHONE, port: 5000 }, false);
    section.fromPage(rtp(5));
    expect(toPage).toHaveLength(2);
    expect(sent.at(-1)?.to.port).toBe(5000);
  });

  it('is not taken before anything is agreed on, nor sent where nothing is taken', () => {
    const { section, toPage, sent, far, adopt } = setUp();
    section.fromFar(rtp(1), PHONE, false);
    adopt(far(0));
    section.fromFar(rtp(1), PHONE, false);
    section.fromPage(rtp(1));
    expect([toPage, sent]).toEqual([[], []]);
  });

  it('tells the tones in it', () => {
    const { section, tones, adopt } = setUp();
    adopt();
    const event = rtp(9, 101);
    event.writeUInt8(5, 12);
    for (let repeated = 0; repeated < 3; repeated += 1) section.fromFar(event, PHONE, false);
    expect(tones).toEqual(['5']);
  });
});

describe('SRTP by SDES', () => {
  const line = formatCryptoLine({ tag: '7', suite, master });

  it('is answered by the same suite and tag, and taken from wherever it is authentic', () => {
    const { section, toPage, sent, adopt } = setUp('RTP/SAVP', line);
    const { crypto, profile } = adopt();
    expect([profile, crypto.map(({ tag, suite: { name } }) => `${tag} ${name}`)]).toEqual(['RTP/SAVP', ['7 AES_CM_128_HMAC_SHA1_80']]);
    const phone = new Srtp(suite, master);
    section.fromFar(rtp(1), PHONE, false);
    section.fromFar(phone.protect(rtp(2)), STRANGER, false);
    expect(toPage).toHaveLength(1);
    section.fromPage(rtp(3));
    expect(new Srtp(suite, crypto[0]!.master).unprotect(sent[0]!.packet)).toEqual({ ok: true, packet: rtp(3) });
  });

  it('keeps its own keys in an offer in mid-call, and takes new ones of the far side', () => {
    const { section, toPage, far, adopt } = setUp('RTP/SAVP', line);
    const before = adopt();
    const page = parseDescription('v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\n')!;
    expect(section.outer(page.sections[0]!, 'RTP/SAVP').crypto).toEqual(before.crypto);
    const other = { key: Buffer.alloc(16, 8), salt: Buffer.alloc(14, 9) };
    adopt(far(4000, [formatCryptoLine({ tag: '7', suite, master: other })]));
    section.fromFar(new Srtp(suite, master).protect(rtp(1)), PHONE, false);
    expect(toPage).toHaveLength(0);
    section.fromFar(new Srtp(suite, other).protect(rtp(1)), PHONE, false);
    expect(toPage).toHaveLength(1);
  });

  it('without usable keys is refused', () => {
    const { adopt } = setUp('RTP/SAVP');
    expect(() => adopt()).toThrow('no usable keys');
  });

  it('is not given up for plain RTP by whoever answers our offer', () => {
    const { section, far } = setUp();
    const page = parseDescription('v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\n')!;
    section.outer(page.sections[0]!, 'RTP/SAVP');
    const answer = far();
    expect(() => section.adopt(answer, answer.sections[0]!, 'answer')).toThrow('no usable keys');
  });

  it('goes on as it was when a new offer in mid-call is refused', () => {
    const { section, toPage, sent, far, adopt } = setUp('RTP/SAVP', line);
    adopt();
    expect(() => adopt(far(5000, []))).toThrow('no usable keys');
    section.fromPage(rtp(1));
    section.fromFar(new Srtp(suite, master).protect(rtp(1)), PHONE, false);
    expect(sent[0]?.to).toEqual(PHONE);
    expect(toPage).toHaveLength(1);
  });

  it('with a key identifier behind each packet is taken without it', () => {
    const { section, toPage, adopt } = setUp('RTP/SAVP', `${line}|2^20|1:4`);
    adopt();
    const packet = new Srtp(suite, master).protect(rtp(1));
    const tagAt = packet.length - suite.tagLength;
    section.fromFar(Buffer.concat([packet.subarray(0, tagAt), Buffer.from([0, 0, 0, 1]), packet.subarray(tagAt)]), PHONE, false);
    expect(toPage).toHaveLength(1);
  });
});

it.each([
  ['plain', setUp()],
  ['protected', setUp('RTP/SAVP', formatCryptoLine({ tag: '1', suite, master }))],
])('fifty thousand packets of junk at its ports break nothing: %s', (_what, { section, toPage, adopt }) => {
  adopt();
  for (let count = 0; count < 50_000; count += 1) {
    const junk = randomBytes(count % 1_500);
    // Most of them look like what they might be.
    if (junk.length > 1 && count % 4 !== 0) junk.writeUInt8(0x80 | (junk.readUInt8(0) & 0x3f), 0);
    if (junk.length > 1 && count % 3 === 0) junk.writeUInt8(200 + (count % 8), 1);
    section.fromFar(junk, STRANGER, count % 2 === 0);
  }
  const before = toPage.length;
  section.fromFar(rtp(1), STRANGER, false);
  expect(toPage.length - before).toBeLessThanOrEqual(1);
});
