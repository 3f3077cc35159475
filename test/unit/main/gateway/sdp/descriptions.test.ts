/** Descriptions rewritten in both directions: what pages, phones and exchanges write, with example addresses. */
import { describe, expect, it } from 'vitest';
import { canCarry } from '../../../../../main/gateway/sdp/carried-offer.ts';
import { parseDescription, type Description } from '../../../../../main/gateway/sdp/description.ts';
import { addressOfFar, inward } from '../../../../../main/gateway/sdp/inward.ts';
import { outward, transportOfPage } from '../../../../../main/gateway/sdp/outward.ts';
import { suiteNamed } from '../../../../../main/gateway/srtp/suite.ts';

const sdp = (...lines: string[]): string => `${lines.join('\r\n')}\r\n`;
const parsed = (text: string): Description => parseDescription(text)!;

/** What a page offers, shortened where lines repeat. */
const PAGE = sdp(
  'v=0',
  'o=- 4611731400430051336 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0 1',
  'a=extmap-allow-mixed',
  'a=msid-semantic: WMS stream',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126',
  'c=IN IP4 0.0.0.0',
  'a=rtcp:9 IN IP4 0.0.0.0',
  'a=ice-ufrag:E3wr',
  'a=ice-pwd:3th/Hgxr+w3Gjn09cPuqjWbO',
  'a=ice-options:trickle',
  'a=fingerprint:sha-256 23:3F:9F',
  'a=setup:actpass',
  'a=mid:0',
  'a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level',
  'a=sendrecv',
  'a=rtcp-mux',
  'a=rtpmap:111 opus/48000/2',
  'a=rtcp-fb:111 transport-cc',
  'a=fmtp:111 minptime=10;useinbandfec=1',
  'a=rtpmap:63 red/48000/2',
  'a=fmtp:63 111/111',
  'a=rtpmap:9 G722/8000',
  'a=rtpmap:0 PCMU/8000',
  'a=rtpmap:8 PCMA/8000',
  'a=rtpmap:13 CN/8000',
  'a=rtpmap:110 telephone-event/48000',
  'a=rtpmap:126 telephone-event/8000',
  'a=ssrc:609752206 cname:eM7m9NDcnjAHKJup',
  'm=video 9 UDP/TLS/RTP/SAVPF 96 97 103',
  'c=IN IP4 0.0.0.0',
  'a=mid:1',
  'a=sendonly',
  'a=rtcp-mux',
  'a=rtpmap:96 VP8/90000',
  'a=rtcp-fb:96 goog-remb',
  'a=rtcp-fb:96 ccm fir',
  'a=rtcp-fb:96 nack pli',
  'a=rtpmap:97 rtx/90000',
  'a=fmtp:97 apt=96',
  'a=rtpmap:103 H264/90000',
  'a=fmtp:103 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f',
);

describe('a page’s offer for a phone', () => {
  const outer = { port: 20_000, controlPort: 20_001, isMultiplexed: false, profile: 'RTP/AVP', crypto: [] } as const;
  const side = (sections: Parameters<typeof outward>[1]['sections']) => ({ address: '192.0.2.7', sessionId: '5', version: 1, sections });

  it('keeps what can be carried, and says nothing of browsers', () => {
    expect(outward(parsed(PAGE), side([outer, { ...outer, port: 20_002, controlPort: 20_003 }]))).toBe(
      sdp(
        'v=0',
        'o=- 5 1 IN IP4 192.0.2.7',
        's=-',
        'c=IN IP4 192.0.2.7',
        't=0 0',
        'm=audio 20000 RTP/AVP 111 9 0 8 13 110 126',
        'a=rtpmap:111 opus/48000/2',
        'a=fmtp:111 minptime=10;useinbandfec=1',
        'a=rtpmap:9 G722/8000',
        'a=rtpmap:0 PCMU/8000',
        'a=rtpmap:8 PCMA/8000',
        'a=rtpmap:13 CN/8000',
        'a=rtpmap:110 telephone-event/48000',
        'a=rtpmap:126 telephone-event/8000',
        'a=fmtp:110 0-15',
        'a=fmtp:126 0-15',
        'a=sendrecv',
        'm=video 20002 RTP/AVP 96 103',
        'a=rtpmap:96 VP8/90000',
        'a=rtcp-fb:96 ccm fir',
        'a=rtcp-fb:96 nack pli',
        'a=rtpmap:103 H264/90000',
        'a=fmtp:103 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f',
        'a=sendonly',
      ),
    );
  });

  it('carries keys where they are wanted, and refuses a section that is not wanted', () => {
    const master = { key: Buffer.alloc(16, 1), salt: Buffer.alloc(14, 2) };
    const crypto = [{ tag: '1', suite: suiteNamed('AES_CM_128_HMAC_SHA1_80')!, master }];
    const written = outward(parsed(PAGE), side([{ ...outer, profile: 'RTP/SAVP', crypto, controlPort: 30_001 }, null]));
    expect(written).toContain('m=audio 20000 RTP/SAVP 111 9 0 8 13 110 126\r\n');
    expect(written).toContain('a=rtcp:30001\r\n');
    expect(written).toContain('a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:AQEBAQEBAQEBAQEBAQEBAQICAgICAgICAgICAgIC\r\n');
    expect(written).toContain('m=video 0 RTP/AVP 96\r\n');
  });

  it('says how the page itself is met', () => {
    expect(transportOfPage(parsed(PAGE))).toEqual({
      usernameFragment: 'E3wr',
      password: '3th/Hgxr+w3Gjn09cPuqjWbO',
      fingerprints: [['sha-256', '23:3F:9F']],
    });
  });
});

const INNER = {
  usernameFragment: 'be16',
  password: '1b41dcf1326e818e3ca46a',
  fingerprint: ['sha-256', '3F:B9'],
  address: '127.0.0.1',
  port: 39_186,
  version: 3,
  sections: [
    { mid: '0', ssrc: 77 },
    { mid: '1', ssrc: 78 },
  ],
} as const;

/** Answers and offers as they come from phones and exchanges. */
const FAR: readonly (readonly [from: string, description: string, kept: readonly string[], lost: readonly string[]])[] = [
  [
    'an exchange with static payload types and a session-wide direction',
    sdp(
      'v=0',
      'o=- 1 1 IN IP4 192.0.2.1',
      's=Asterisk',
      'c=IN IP4 192.0.2.1',
      't=0 0',
      'a=sendonly',
      'm=audio 14000 RTP/AVP 0 8 101',
      'a=rtpmap:101 telephone-event/8000',
      'a=fmtp:101 0-16',
      'a=maxptime:150',
    ),
    ['m=audio 9 UDP/TLS/RTP/SAVPF 0 8 101', 'a=sendonly', 'a=fmtp:101 0-16', 'a=maxptime:150'],
    ['192.0.2.1'],
  ],
  [
    'a desk phone with a codec of its own and one that only it has',
    sdp(
      'v=0',
      'o=phone 20 20 IN IP4 192.0.2.9',
      's=SDP data',
      'c=IN IP4 192.0.2.9',
      't=0 0',
      'm=audio 11780 RTP/AVP 18 9 0 101',
      'a=rtpmap:18 G729/8000',
      'a=fmtp:18 annexb=no',
      'a=rtpmap:9 G722/8000',
      'a=rtpmap:0 PCMU/8000',
      'a=rtpmap:101 telephone-event/8000',
      'a=ptime:20',
      'a=sendrecv',
    ),
    ['m=audio 9 UDP/TLS/RTP/SAVPF 9 0 101', 'a=ptime:20'],
    ['G729', 'annexb'],
  ],
  [
    'a hold in the older way, by an address of zeros',
    sdp('v=0', 'o=- 1 2 IN IP4 192.0.2.1', 's=-', 'c=IN IP4 0.0.0.0', 't=0 0', 'm=audio 14000 RTP/AVP 0', 'a=rtpmap:0 PCMU/8000'),
    ['a=sendonly'],
    ['a=sendrecv'],
  ],
  [
    'a phone that refuses pictures',
    sdp(
      'v=0',
      'o=- 1 2 IN IP4 192.0.2.1',
      's=-',
      'c=IN IP4 192.0.2.1',
      't=0 0',
      'm=audio 14000 RTP/AVP 8',
      'a=rtpmap:8 PCMA/8000',
      'm=video 0 RTP/AVP 96',
    ),
    ['m=audio 9 UDP/TLS/RTP/SAVPF 8', 'm=video 0 UDP/TLS/RTP/SAVPF 96', 'a=group:BUNDLE 0'],
    ['a=group:BUNDLE 0 1'],
  ],
  [
    'a video phone without feedback',
    sdp(
      'v=0',
      'o=- 1 2 IN IP4 192.0.2.1',
      's=-',
      'c=IN IP4 192.0.2.1',
      't=0 0',
      'm=audio 14000 RTP/AVP 8',
      'a=rtpmap:8 PCMA/8000',
      'm=video 14002 RTP/AVP 99',
      'a=rtpmap:99 H264/90000',
      'a=fmtp:99 profile-level-id=42801F',
    ),
    ['m=video 9 UDP/TLS/RTP/SAVPF 99', 'a=rtcp-fb:99 nack pli', 'a=rtcp-fb:99 ccm fir', 'a=group:BUNDLE 0 1', 'a=ssrc:78 cname:far'],
    [],
  ],
];

describe('a far side’s description for a page', () => {
  it.each(FAR)('%s', (_from, description, kept, lost) => {
    const lines = inward(parsed(description), 'answer', INNER).split('\r\n');
    for (const line of kept) expect(lines).toContain(line);
    for (const text of lost) expect(lines.some((line) => line === text || (!text.startsWith('a=') && line.includes(text)))).toBe(false);
    expect(lines).toContain('a=setup:passive');
    expect(lines).toContain('a=candidate:1 1 udp 2130706431 127.0.0.1 39186 typ host');
  });

  it('leaves it to the page to begin, in an offer too', () => {
    expect(inward(parsed(FAR[0]![1]), 'offer', INNER)).toContain('a=setup:actpass');
  });
});

describe('where the far side takes packets', () => {
  const withLines = (connection: string, port: number, ...lines: string[]) => {
    const description = parsed(
      sdp('v=0', 'o=- 1 1 IN IP4 192.0.2.1', 's=-', `c=${connection}`, 't=0 0', `m=audio ${port} RTP/AVP 0`, ...lines),
    );
    return addressOfFar(description, description.sections[0]!);
  };
  it.each([
    [
      'the next port for control',
      withLines('IN IP4 192.0.2.1', 4000),
      { address: '192.0.2.1', port: 4000, controlPort: 4001, isMultiplexed: false },
    ],
    [
      'a port for control that is named',
      withLines('IN IP4 192.0.2.1', 4000, 'a=rtcp:5001'),
      { controlPort: 5001, controlAddress: '192.0.2.1' },
    ],
    [
      'an address for control that is named',
      withLines('IN IP4 192.0.2.1', 4000, 'a=rtcp:5001 IN IP4 192.0.2.2'),
      { controlAddress: '192.0.2.2' },
    ],
    ['one port for both', withLines('IN IP4 192.0.2.1', 4000, 'a=rtcp-mux'), { isMultiplexed: true }],
    ['an address of the section', withLines('IN IP4 192.0.2.1', 4000, 'c=IN IP4 192.0.2.3'), { address: '192.0.2.3' }],
    ['IPv6', withLines('IN IP6 2001:db8::1', 4000), { address: '2001:db8::1' }],
  ])('%s', (_what, found, expected) => {
    expect(found).toMatchObject(expected);
  });

  it.each([
    ['refused', withLines('IN IP4 192.0.2.1', 0)],
    ['held by zeros', withLines('IN IP4 0.0.0.0', 4000)],
    ['many hosts', withLines('IN IP4 224.2.36.42/127', 4000)],
    ['all hosts', withLines('IN IP4 255.255.255.255', 4000)],
    ['many hosts by IPv6', withLines('IN IP6 ff15::101', 4000)],
  ])('nowhere: %s', (_what, found) => {
    expect(found).toBeNull();
  });
});

describe('an offer is answerable', () => {
  const offer = (protocol: string, formats: string, ...lines: string[]): string =>
    sdp('v=0', 'o=- 1 1 IN IP4 192.0.2.1', 's=-', 'c=IN IP4 192.0.2.1', 't=0 0', `m=audio 4000 ${protocol} ${formats}`, ...lines);
  const KEY = `inline:${Buffer.alloc(30, 7).toString('base64')}`;
  it.each([
    [offer('RTP/AVP', '0')],
    [offer('RTP/AVPF', '8 101', 'a=rtpmap:101 telephone-event/8000')],
    [offer('RTP/SAVP', '9', `a=crypto:1 AES_CM_128_HMAC_SHA1_80 ${KEY}|2^31|1:1`)],
    [
      offer(
        'RTP/SAVPF',
        '96',
        'a=rtpmap:96 opus/48000/2',
        `a=crypto:3 F8_128_HMAC_SHA1_80 ${KEY}`,
        `a=crypto:4 AES_CM_128_HMAC_SHA1_32 ${KEY}`,
      ),
    ],
  ])('%s', (text) => {
    expect(canCarry(text)).toBe(true);
  });

  it.each([
    ['with a codec that no page has', offer('RTP/AVP', '18 101', 'a=rtpmap:18 G729/8000', 'a=rtpmap:101 telephone-event/8000')],
    ['with tones alone', offer('RTP/AVP', '101', 'a=rtpmap:101 telephone-event/8000')],
    ['without keys', offer('RTP/SAVP', '0')],
    ['with keys of a kind nobody knows', offer('RTP/SAVP', '0', `a=crypto:1 SEED_128_CCM_80 ${KEY}`)],
    ['with keys of a wrong length', offer('RTP/SAVP', '0', 'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:AAAA')],
    ['with keys that leave something open', offer('RTP/SAVP', '0', `a=crypto:1 AES_CM_128_HMAC_SHA1_80 ${KEY} UNENCRYPTED_SRTP`)],
    ['of another protocol', offer('TCP/MSRP', '*')],
    ['that is none', 'hello'],
    ['with a port beyond all', sdp('v=0', 'm=audio 70000 RTP/AVP 0')],
    ['with a hundred sections', sdp('v=0', ...Array.from({ length: 100 }, () => 'm=audio 4000 RTP/AVP 0'))],
  ])('not %s', (_what, text) => {
    expect(canCarry(text)).toBe(false);
  });
});
