/** Which way a call's media goes, and how it is protected then. */
import { describe, expect, it } from 'vitest';
import type { AddressOfRecord } from '../../../../../common/model/address-of-record.ts';
import { protectionOf } from '../../../../../main/sip/sessions/media-protection.ts';
import { KnownWays } from '../../../../../main/sip/sessions/known-ways.ts';
import { isAnswerable, wayOfOffer, waysOf } from '../../../../../main/sip/sessions/media-way.ts';
import { createFakeClock } from '../../../../support/fake-clock.ts';

const offer = (protocol: string, ...more: string[]): string =>
  ['v=0', 'c=IN IP4 192.0.2.1', `m=audio 4000 ${protocol} 0`, ...more, ''].join('\r\n');

const ICE = 'a=ice-ufrag:abcd';
const AUTOMATIC = waysOf({ transport: 'udp', mediaEncryption: 'automatic' });

describe('an offer', () => {
  it.each([
    ['a browser’s', offer('UDP/TLS/RTP/SAVPF', 'a=fingerprint:sha-256 AA', ICE), 'browser'],
    ['a phone’s with DTLS and ICE', offer('RTP/SAVP', 'a=fingerprint:sha-256 AA', ICE), 'browser'],
    ['a phone’s with DTLS and no ICE', offer('UDP/TLS/RTP/SAVP', 'a=fingerprint:sha-256 AA'), null],
    ['a phone’s', offer('RTP/AVP'), 'RTP/AVP'],
    ['a phone’s with keys', offer('RTP/SAVP', 'a=crypto:1 x inline:y'), 'RTP/SAVP'],
    ['of pictures alone', offer('RTP/AVP').replace('m=audio', 'm=video'), null],
    ['of sound that is refused', offer('RTP/AVP').replace(' 4000 ', ' 0 '), null],
  ])('%s goes its way', (_whose, sdp, way) => {
    expect(wayOfOffer(sdp)).toBe(way);
  });

  it('is answerable where it is a browser’s, or none, or the gateway can carry it', () => {
    const gateway = { canCarry: (sdp: string) => sdp.includes('AVP 0'), open: () => ({}) as never };
    expect(isAnswerable('', AUTOMATIC, null)).toBe(true);
    expect(isAnswerable(offer('UDP/TLS/RTP/SAVPF', ICE), AUTOMATIC, null)).toBe(true);
    expect(isAnswerable(offer('RTP/AVP'), AUTOMATIC, gateway)).toBe(true);
    expect(isAnswerable(offer('RTP/AVP'), AUTOMATIC, null)).toBe(false);
    expect(isAnswerable('nonsense', AUTOMATIC, gateway)).toBe(false);
  });
});

describe('the ways of outgoing calls', () => {
  const bob = 'sip:bob@example.org' as AddressOfRecord;

  it('begin with a browser’s, and have keys before none where nobody reads them', () => {
    expect(waysOf({ transport: 'tls', mediaEncryption: 'automatic' })).toEqual(['browser', 'RTP/SAVP', 'RTP/AVP']);
    expect(AUTOMATIC).toEqual(['browser', 'RTP/AVP', 'RTP/SAVP']);
  });

  it('are those that the account allows, for calls of either direction', () => {
    const required = waysOf({ transport: 'udp', mediaEncryption: 'required' });
    const only = waysOf({ transport: 'udp', mediaEncryption: 'webrtc-only' });
    expect([required, only]).toEqual([['browser', 'RTP/SAVP'], ['browser']]);
    const gateway = { canCarry: () => true, open: () => ({}) as never };
    expect(isAnswerable(offer('RTP/AVP'), required, gateway)).toBe(false);
    expect(isAnswerable(offer('RTP/SAVP'), required, gateway)).toBe(true);
    expect(isAnswerable(offer('RTP/SAVP'), only, gateway)).toBe(false);
    expect(isAnswerable(offer('UDP/TLS/RTP/SAVPF', ICE), only, gateway)).toBe(true);
  });

  it('begin with the one that the peer took last, for a day', () => {
    const clock = createFakeClock();
    const known = new KnownWays(clock);
    known.took(bob, 'RTP/AVP');
    expect(known.inOrder(bob, AUTOMATIC)).toEqual(['RTP/AVP', 'browser', 'RTP/SAVP']);
    expect(known.inOrder('sip:carol@example.org' as AddressOfRecord, AUTOMATIC)[0]).toBe('browser');
    clock.advance(25 * 3_600_000);
    expect(known.inOrder(bob, AUTOMATIC)[0]).toBe('browser');
  });

  it('are remembered of so many peers and no more', () => {
    const known = new KnownWays(createFakeClock());
    known.took(bob, 'RTP/AVP');
    for (let count = 0; count < 500; count += 1) known.took(`sip:s${count}@example.org` as AddressOfRecord, 'RTP/AVP');
    expect(known.inOrder(bob, AUTOMATIC)[0]).toBe('browser');
  });
});

it.each([
  [offer('UDP/TLS/RTP/SAVPF'), false, 'dtls'],
  [offer('RTP/SAVP', 'a=crypto:1 x inline:y'), true, 'sdes'],
  [offer('RTP/SAVP', 'a=crypto:1 x inline:y'), false, 'sdes-in-clear'],
  [offer('RTP/AVP'), true, 'none'],
  ['', true, null],
])('what is said of protection is what the far side’s description has: %s, %s: %s', (sdp, isSignallingSecure, protection) => {
  expect(protectionOf(sdp, isSignallingSecure)).toBe(protection);
});
