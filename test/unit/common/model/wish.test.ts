/** What links from outside are taken for. */
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { parseLink, WishTarget } from '../../../../common/model/wish.ts';

describe('a link', () => {
  it.each([
    ['sip:bob@example.org', 'call', 'sip:bob@example.org'],
    ['SIP:Bob@EXAMPLE.org', 'call', 'sip:Bob@example.org'],
    ['sips:bob@example.org', 'call', 'sips:bob@example.org'],
    ['sip:bob%40example.org', 'call', 'sip:bob@example.org'],
    ['sip://bob@example.org', 'call', 'sip:bob@example.org'],
    ['sip:bob@example.org;transport=tcp?Replaces=abc%40x&Subject=Hello', 'call', 'sip:bob@example.org'],
    ['sip:+44-20-1234', 'call', '+44201234'],
    ['tel:+44-20-1234', 'call', 'tel:+44201234'],
    ['tel:+44(20)1234;ext=5', 'call', 'tel:+44201234'],
    ['ahoy:call?to=bob', 'call', 'bob'],
    ['ahoy:call?to=+44201234', 'call', '+44201234'],
    ['ahoy://chat?to=sip%3Abob%40example.org', 'chat', 'sip:bob@example.org'],
    ['ahoy:chat/?x=1&to=Bob%20Builder', 'chat', 'Bob Builder'],
  ])('%s wishes to %s %s', (text, action, target) => {
    expect(parseLink(text)).toEqual({ action, target });
  });

  it.each(['ahoy:', 'ahoy://', 'ahoy:open', 'AHOY:'])('%s only opens Ahoy', (text) => {
    expect(parseLink(text)).toEqual({ action: 'open' });
  });

  it.each([
    '',
    'bob',
    'http://example.org',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'sip:',
    'sip:@',
    'tel:',
    'tel:abc',
    'ahoy:quit',
    'ahoy:call',
    'ahoy:call?to=',
    'ahoy:call?to=%00bob',
    `ahoy:call?to=${'x'.repeat(300)}`,
    'sip:bob@exa mple.org',
    'sip:bob@example.org\u202egro.live',
  ])('%s is none of ours', (text) => {
    expect(parseLink(text)).toBeNull();
  });
});

describe('whom a wish names', () => {
  it.each(['bob', 'Bob Builder', '+44 20 1234', 'sip:bob@example.org', 'Zoë'])('may be %s', (text) => {
    expect(v.is(WishTarget, text)).toBe(true);
  });
  it.each(['', '   ', 'a\nb', 'a\u0000b', 'bob\u202e', 'bob\u200b', 'x'.repeat(257)])('may not be %j', (text) => {
    expect(v.is(WishTarget, text)).toBe(false);
  });
});
