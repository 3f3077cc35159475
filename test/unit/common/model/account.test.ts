import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { accountFor, AccountSettings, type Account } from '../../../../common/model/account.ts';
import type { AccountId } from '../../../../common/model/ids.ts';
import { account, address } from '../../../support/samples.ts';

const fits = (changes: Record<string, unknown>): boolean =>
  v.safeParse(AccountSettings, { addressOfRecord: 'sip:me@example.org', ...changes }).success;

describe('the settings of an account are refused where they could not be used', () => {
  it.each([
    ['a fragment in the WebSocket path', { webSocketPath: '/#frag' }],
    ['a bracket in the WebSocket path', { webSocketPath: '//[' }],
    ['a broken escape in the WebSocket path', { webSocketPath: '/%zz' }],
    ['a space in the WebSocket path', { webSocketPath: '/a b' }],
    ['a transport nobody knows', { transport: 'sctp' }],
    ['a proxy that is no SIP URI', { outboundProxy: 'sip:[' }],
    ['a proxy with headers', { outboundProxy: 'sip:proxy.example.org?Route=x' }],
    ['a STUN server without a host', { iceServers: [{ url: 'stun:' }] }],
    ['a TURN server with a path', { iceServers: [{ url: 'turn:example.org/path' }] }],
    ['a name of two lines', { displayName: 'Me\r\nX-Header: 1' }],
    ['an authentication name of two lines', { authenticationName: 'me\nyou' }],
  ])('%s', (_what, changes) => {
    expect(fits(changes)).toBe(false);
  });

  it.each([
    ['a WebSocket path with a query', { webSocketPath: '/sip/ws?token=a%20b' }],
    ['a proxy with a port and parameters', { outboundProxy: 'sip:proxy.example.org:5070;transport=tcp;lr' }],
    ['a proxy by its IPv6 address', { outboundProxy: 'sips:[2001:db8::1]:5061;lr' }],
    ['TURN by TCP', { iceServers: [{ url: 'turn:[2001:db8::1]:3478?transport=tcp', username: 'me' }] }],
    ['a name with quotes and other scripts', { displayName: '“Ünsal” "محمد"' }],
  ])('and taken with %s', (_what, changes) => {
    expect(fits(changes)).toBe(true);
  });
});

describe('the account by which somebody is reached', () => {
  const ids = ['work', 'home', 'practice'] as const;
  const [work, home, practice] = ids.map((id) => {
    const made = account({ id: id as AccountId, isPractice: id === 'practice' });
    return { ...made, settings: { ...made.settings, addressOfRecord: address(`me@${id}.example`) } };
  }) as [Account, Account, Account];
  const lost = { ...work, registration: { ...work.registration, state: 'unreachable' as const } };
  const off = { ...work, settings: { ...work.settings, enabled: false } };
  const bobAtHome = address('bob@home.example');
  const stranger = address('bob@elsewhere.example');

  it.each([
    ['the one last used with them', [home, work], bobAtHome, 'work', 'work'],
    ['the one of their domain', [work, home], bobAtHome, null, 'home'],
    ['one that can send now', [lost, home], stranger, null, 'home'],
    ['the practice exchange only where nothing else can', [practice, work], stranger, null, 'work'],
    ['the practice exchange before one that cannot', [lost, practice], stranger, null, 'practice'],
    ['one that cannot send before none', [lost], stranger, null, 'work'],
    ['none that is switched off', [off], stranger, 'work', null],
  ] as const)('is %s', (_what, accounts, peer, lastUsed, expected) => {
    expect(accountFor(accounts, peer, lastUsed as AccountId | null)?.id ?? null).toBe(expected);
  });
});
