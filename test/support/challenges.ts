/** Challenges of a registrar, and whether what answers them is right. */
import { createHash } from 'node:crypto';
import type { ScriptedServer } from './scripted-server.ts';

export const CHALLENGES = {
  md5: 'Digest realm="sip.test", nonce="n1", qop="auth", algorithm=MD5',
  sha256: 'Digest realm="sip.test", nonce="n2", qop="auth", algorithm=SHA-256, opaque="o"',
  sha512: 'Digest realm="sip.test", nonce="n3", qop="auth", algorithm=SHA-512-256',
};

/** Whether the credentials are right, computed independently of the code under test. */
export function isRight(value: string | null, method: string, password = 'secret'): boolean {
  const part = (name: string): string => new RegExp(`(?:^|[ ,])${name}="?([^",]*)"?`).exec(value ?? '')?.[1] ?? '';
  const name = { 'SHA-256': 'sha256', 'SHA-512-256': 'sha512-256' }[part('algorithm')] ?? 'md5';
  const hash = (text: string): string => createHash(name).update(text).digest('hex');
  const ha1 = hash(`${part('username')}:${part('realm')}:${password}`);
  const ha2 = hash(`${method}:${part('uri')}`);
  return part('response') === hash(`${ha1}:${part('nonce')}:${part('nc')}:${part('cnonce')}:${part('qop')}:${ha2}`);
}

/** Each REGISTER is met by the next of these, status and header value; then by 200. */
export function challengeOnce(server: ScriptedServer, challenges: readonly [number, string][]): void {
  let round = 0;
  server.script = (received) => {
    const next = challenges[round];
    if (received.method !== 'REGISTER' || !next) return false;
    round += 1;
    server.reply(received, next[0], { [next[0] === 401 ? 'WWW-Authenticate' : 'Proxy-Authenticate']: next[1] });
    return true;
  };
}
