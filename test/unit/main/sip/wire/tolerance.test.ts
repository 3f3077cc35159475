import { describe, expect, test } from 'vitest';
import { formatSip, headerOf, headersOf, parseSip, type SipMessage } from '../../../../../main/sip/wire/headers.ts';
import { repair, restored } from '../../../../../main/sip/wire/tolerance.ts';

function repaired(header: string, body = ''): SipMessage {
  const message = parseSip(`MESSAGE sip:alice@sip.test SIP/2.0\r\n${header}\r\n\r\n${body}`)!;
  repair(message);
  return message;
}

describe('what others write, as JsSIP reads it', () => {
  test.each([
    ['From: <tel:+44-20-1234>;tag=1', '<sip:+44-20-1234@tel.invalid;user=phone>;tag=1'],
    ['From: tel:123;tag=1', '<sip:123@tel.invalid;user=phone>;tag=1'],
    ['From: Jürgen <sip:j@x>;tag=1', '"Jürgen" <sip:j@x>;tag=1'],
    ['From: Doe, John (Sales) <sip:j@x>;tag=1', '"Doe, John (Sales)" <sip:j@x>;tag=1'],
    ['From: John Doe <sip:j@x>;tag=1', 'John Doe <sip:j@x>;tag=1'],
    ['From: "a \\" b" <sip:j@x>', '"a \\" b" <sip:j@x>'],
    ['From: "unclosed <sip:j@x>;tag=1', 'unclosed <sip:j@x>;tag=1'],
    ['From: <sips:j@x>;tag=1', '<sip:j@x>;tag=1'],
    ['From: <sip:*21#@x>;tag=1', '<sip:*21%23@x>;tag=1'],
    ['From: <sip:a b[c]@x>;tag=1', '<sip:a%20b%5Bc%5D@x>;tag=1'],
    ['f: sip:j@x;tag=1', '<sip:j@x>;tag=1'],
    ['From: sip:j@x', '<sip:j@x>'],
  ])('%s', (header, expected) => {
    expect(headerOf(repaired(header), 'from')).toBe(expected);
  });

  test('compact forms, folded lines, lists of Via and Contact', () => {
    const message = repaired(
      'v: SIP/2.0/UDP a;branch=1, SIP/2.0/TCP b\r\n ;branch=2\r\nm: Bob, Jr <sip:b@x>, <sip:c@x>\r\nk: a\r\ne: gzip\r\ns: hi\r\nu: presence\r\nb: <sip:r@x>\r\no: presence',
    );
    expect(headersOf(message, 'via')).toEqual(['SIP/2.0/UDP a;branch=1', 'SIP/2.0/TCP b ;branch=2']);
    expect(message.headers.slice(3).map(({ name }) => name)).toEqual([
      'Supported',
      'Content-Encoding',
      'Subject',
      'Allow-Events',
      'Referred-By',
      'Event',
    ]);
  });

  test('a star in Contact stays one', () => {
    expect(headerOf(repaired('Contact: *'), 'contact')).toBe('*');
  });

  test('challenges travel under names JsSIP does not parse', () => {
    const message = repaired('WWW-Authenticate: Digest a\r\nWWW-Authenticate: Digest b\r\nProxy-Authenticate: Digest c');
    expect(headersOf(message, 'x-www-challenge')).toEqual(['Digest a', 'Digest b']);
    expect(headersOf(message, 'x-proxy-challenge')).toEqual(['Digest c']);
  });

  test('the length is what the body has', () => {
    expect(formatSip(repaired('Content-Type: application/sdp; charset=utf-8\r\nContent-Length: 99', 'ü'))).toMatch(
      /Content-Type: application\/sdp\r\nContent-Length: 2\r\n\r\nü$/,
    );
  });

  test.each(['<tel:+44-20-1234>;tag=1', '<tel:123;phone-context=x.test>;tag=1', '"A" <tel:*21#>;tag=9'])(
    '%s goes back as it came',
    (value) => {
      const made = headerOf(repaired(`From: ${value}`), 'from')!;
      expect(made).toContain('sip:');
      expect(restored(`From: ${made}`)).toBe(`From: ${value}`);
    },
  );
});
