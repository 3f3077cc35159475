/** Digest challenges of the practice exchange (RFC 8760): SHA-256 first, MD5 for clients that know nothing else. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const ALGORITHMS: Readonly<Record<string, string>> = { 'SHA-256': 'sha256', MD5: 'md5' };
const NONCE_LIFETIME_MS = 300_000;

export interface Digest {
  /** Header values, the preferred one first. */
  challenges(): readonly string[];
  verify(authorization: string | null, method: string, password: string): boolean;
}

export function createDigest(realm: string): Digest {
  const nonces = new Map<string, number>();
  const hash = (algorithm: string, text: string): string =>
    createHash(ALGORITHMS[algorithm] ?? 'md5')
      .update(text)
      .digest('hex');

  return {
    challenges() {
      const now = Date.now();
      for (const [nonce, at] of nonces) if (now - at > NONCE_LIFETIME_MS) nonces.delete(nonce);
      const nonce = randomBytes(16).toString('hex');
      nonces.set(nonce, now);
      return Object.keys(ALGORITHMS).map((algorithm) => `Digest realm="${realm}", nonce="${nonce}", qop="auth", algorithm=${algorithm}`);
    },
    verify(authorization, method, password) {
      if (authorization === null || !/^digest /i.test(authorization)) return false;
      const field = (name: string): string =>
        new RegExp(`[\\s,]${name}\\s*=\\s*(?:"([^"]*)"|([^,\\s]+))`, 'i').exec(authorization)?.slice(1).find(Boolean) ?? '';
      const algorithm = (field('algorithm') || 'MD5').toUpperCase();
      const issuedAt = nonces.get(field('nonce'));
      if (!(algorithm in ALGORITHMS) || issuedAt === undefined || Date.now() - issuedAt > NONCE_LIFETIME_MS || field('realm') !== realm)
        return false;
      const ha1 = hash(algorithm, `${field('username')}:${realm}:${password}`);
      const ha2 = hash(algorithm, `${method}:${field('uri')}`);
      const expected = hash(
        algorithm,
        field('qop')
          ? `${ha1}:${field('nonce')}:${field('nc')}:${field('cnonce')}:${field('qop')}:${ha2}`
          : `${ha1}:${field('nonce')}:${ha2}`,
      );
      const got = Buffer.from(field('response'));
      return got.length === expected.length && timingSafeEqual(got, Buffer.from(expected));
    },
  };
}
