import { describe, expect, test } from 'vitest';
import { authorization, isAnswerable, parseChallenges, preferredChallenges, type Challenge } from '../../../../../main/sip/wire/digest.ts';

const responseIn = (value: string | null): string => /response="([0-9a-f]+)"/.exec(value ?? '')?.[1] ?? '';

describe('digest responses', () => {
  test('RFC 2617 §3.5', () => {
    const [challenge] = parseChallenges([
      'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"',
    ]);
    const value = authorization(
      challenge!,
      { username: 'Mufasa', password: 'Circle Of Life' },
      { method: 'GET', uri: '/dir/index.html', body: '' },
      1,
      '0a4f113b',
    );
    expect(responseIn(value)).toBe('6629fae49393a05397450978507c4ef1');
    expect(value).toContain('opaque="5ccc069c403ebaf9f0171e9517f40e41"');
    expect(value).toContain('qop=auth, cnonce="0a4f113b", nc=00000001');
    expect(value).not.toContain('algorithm');
  });

  test.each([
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
  ])('RFC 7616 §3.9.1, %s', (algorithm, expected) => {
    const [challenge] = parseChallenges([
      `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`,
    ]);
    const value = authorization(
      challenge!,
      { username: 'Mufasa', password: 'Circle of Life' },
      { method: 'GET', uri: '/dir/index.html', body: '' },
      1,
      'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
    );
    expect(responseIn(value)).toBe(expected);
  });

  test('RFC 7616 §3.9.2, SHA-512-256 as the errata and Node compute it', async () => {
    const { createHash } = await import('node:crypto');
    const hash = (text: string): string => createHash('sha512-256').update(text).digest('hex');
    const challenge: Challenge = { realm: 'r', nonce: 'n', opaque: null, stale: false, algorithm: 'SHA-512-256', qop: ['auth'] };
    const value = authorization(challenge, { username: 'u', password: 'p' }, { method: 'REGISTER', uri: 'sip:r', body: '' }, 2, 'c');
    expect(responseIn(value)).toBe(hash(`${hash('u:r:p')}:n:00000002:c:auth:${hash('REGISTER:sip:r')}`));
  });

  test('without qop (RFC 2069), with auth-int alone, and -sess', async () => {
    const { createHash } = await import('node:crypto');
    const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
    const make = (more: Partial<Challenge>): string =>
      responseIn(
        authorization(
          { realm: 'r', nonce: 'n', opaque: null, stale: false, algorithm: null, qop: [], ...more },
          { username: 'u', password: 'p' },
          { method: 'M', uri: 'sip:r', body: 'ü' },
          1,
          'c',
        ),
      );
    expect(make({})).toBe(md5(`${md5('u:r:p')}:n:${md5('M:sip:r')}`));
    expect(make({ qop: ['auth-int'] })).toBe(md5(`${md5('u:r:p')}:n:00000001:c:auth-int:${md5(`M:sip:r:${md5('ü')}`)}`));
    expect(make({ qop: ['auth'], algorithm: 'MD5-sess' })).toBe(md5(`${md5(`${md5('u:r:p')}:n:c`)}:n:00000001:c:auth:${md5('M:sip:r')}`));
  });
});

describe('challenges', () => {
  test('several in one value, other schemes, commas and quotes inside', () => {
    const challenges = parseChallenges([
      'Basic realm="x", Digest realm="a, \\"b\\"", nonce="1", Digest realm="c",nonce="2",stale=True',
      'Bearer authz_server="y"',
    ]);
    expect(challenges.map(({ realm, nonce, stale }) => [realm, nonce, stale])).toEqual([
      ['a, "b"', '1', false],
      ['c', '2', true],
    ]);
  });

  test('of each realm the strongest we know', () => {
    const values = ['MD5', 'SHA-256', 'QUANTUM'].map((algorithm) => `Digest realm="a", nonce="${algorithm}", algorithm=${algorithm}`);
    const chosen = preferredChallenges(parseChallenges([...values, 'Digest realm="b", nonce="plain"']));
    expect(chosen.map(({ nonce }) => nonce)).toEqual(['SHA-256', 'plain']);
  });

  test.each([
    ['Digest realm="a"', 0],
    ['Digest nonce="a"', 0],
    ['', 0],
    ['garbage', 0],
    ['Digest realm="a", nonce="b", qop="future"', 1],
  ])('%s', (value, count) => {
    const challenges = parseChallenges([value]);
    expect(challenges).toHaveLength(count);
    expect(challenges.some(isAnswerable)).toBe(false);
  });
});
