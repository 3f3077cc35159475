import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completeAddress, displayAddress, domainOf, parseAddressOfRecord, userOf } from '../../../../common/model/address-of-record.ts';

describe('an address-of-record', () => {
  it.each([
    ['me@example.org', 'sip:me@example.org'],
    ['sip:me@Example.ORG', 'sip:me@example.org'],
    ['SIP:Me@example.org:5070;transport=tcp?x=y', 'sip:Me@example.org'],
    ['sips:me@example.org', 'sips:me@example.org'],
    ['"Me" <sip:me@example.org>;tag=1', 'sip:me@example.org'],
    ['sip:me:secret@example.org', 'sip:me@example.org'],
    ['tel:+44-20 (1234)', 'tel:+44201234'],
    ['tel:+44201234;phone-context=x', 'tel:+44201234'],
    ['sip:me@[2001:db8::1]:5060', 'sip:me@[2001:db8::1]'],
  ])('is made of %s', (written, normal) => {
    expect(parseAddressOfRecord(written)).toBe(normal);
  });

  it.each([
    '',
    'me',
    '@example.org',
    'sip:@example.org',
    'sip:me@',
    'sip:me@exa mple.org',
    'tel:',
    'tel:abc',
    'http://example.org',
    'sip:<script>@x',
  ])('is not made of %j', (written) => {
    expect(parseAddressOfRecord(written)).toBeNull();
  });

  it('never throws, and its normal form is its own normal form', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.emailAddress(), fc.webUrl()), (text) => {
        const parsed = parseAddressOfRecord(text);
        if (parsed !== null) expect(parseAddressOfRecord(parsed)).toBe(parsed);
      }),
    );
  });

  it('has a user, a domain and a form to read', () => {
    const address = parseAddressOfRecord('sip:me@example.org')!;
    expect([userOf(address), domainOf(address), displayAddress(address)]).toEqual(['me', 'example.org', 'me@example.org']);
  });

  it.each([
    ['bob', 'sip:bob@example.org'],
    ['+44 20 1234', 'sip:+44201234@example.org'],
    ['+44 (0)20 1234', 'sip:+44201234@example.org'],
    ['tel:+44-20-1234', 'sip:+44201234@example.org'],
    ['*98#', 'sip:*98%23@example.org'],
    ['bob@elsewhere.org', 'sip:bob@elsewhere.org'],
    ['two words', null],
  ])('is completed from %s with the account’s domain', (typed, address) => {
    expect(completeAddress(typed, { domain: 'example.org', region: null })).toBe(address);
  });
});
