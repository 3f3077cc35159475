/**
 * Digest access authentication for SIP: RFC 3261 §22.4 with the algorithms of RFC 7616 and RFC 8760, and RFC 2069
 * where a server sends no qop. Pure; whom to answer and how often is the digest amendment's business.
 */
import { createHash } from 'node:crypto';
import { splitList, unquoted } from './headers.ts';

export interface Challenge {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | null;
  readonly stale: boolean;
  /** As written by the server, or null where it wrote none. */
  readonly algorithm: string | null;
  /** The offered qualities of protection; empty: none was offered. */
  readonly qop: readonly string[];
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

export interface AuthorizedRequest {
  readonly method: string;
  readonly uri: string;
  readonly body: string;
}

/** Strongest first; RFC 8760 §2.4 leaves the choice to the client where the server offers several. */
const HASHES: readonly { readonly name: string; readonly hash: string }[] = [
  { name: 'SHA-512-256', hash: 'sha512-256' },
  { name: 'SHA-256', hash: 'sha256' },
  { name: 'MD5', hash: 'md5' },
];

/** The Digest challenges among header values; several may stand in one, separated by commas. */
export function parseChallenges(values: readonly string[]): Challenge[] {
  const challenges: Challenge[] = [];
  for (const value of values) {
    let parameters: Map<string, string> | null = null;
    const finish = (): void => {
      const challenge = parameters && toChallenge(parameters);
      if (challenge) challenges.push(challenge);
    };
    for (const part of splitList(value)) {
      const scheme = /^([A-Za-z][A-Za-z0-9-]*)[ \t]+(?=[^=\s])/.exec(part);
      let rest = part;
      if (scheme?.[1] !== undefined) {
        finish();
        parameters = scheme[1].toLowerCase() === 'digest' ? new Map() : null;
        rest = part.slice(scheme[0].length);
      }
      const pair = /^([A-Za-z0-9_-]+)[ \t]*=(.*)$/.exec(rest);
      if (pair?.[1] !== undefined && pair[2] !== undefined) parameters?.set(pair[1].toLowerCase(), unquoted(pair[2].trim()));
    }
    finish();
  }
  return challenges;
}

function toChallenge(parameters: Map<string, string>): Challenge | null {
  const realm = parameters.get('realm');
  const nonce = parameters.get('nonce');
  if (realm === undefined || nonce === undefined || nonce === '') return null;
  return {
    realm,
    nonce,
    opaque: parameters.get('opaque') ?? null,
    stale: parameters.get('stale')?.toLowerCase() === 'true',
    algorithm: parameters.get('algorithm') ?? null,
    qop: (parameters.get('qop') ?? '')
      .split(',')
      .map((item) => item.trim().toLowerCase())
      .filter((item) => item !== ''),
  };
}

interface Algorithm {
  readonly hash: string;
  readonly isSession: boolean;
  readonly rank: number;
}

function algorithmOf(challenge: Challenge): Algorithm | null {
  const written = (challenge.algorithm ?? 'MD5').toUpperCase();
  const isSession = written.endsWith('-SESS');
  const name = isSession ? written.slice(0, -5) : written;
  const rank = HASHES.findIndex((candidate) => candidate.name === name);
  const hash = HASHES[rank]?.hash;
  return hash === undefined ? null : { hash, isSession, rank };
}

/** How strong its algorithm is: 0 is the strongest. Null for one we do not know. */
export function strengthRank(challenge: Challenge): number | null {
  return algorithmOf(challenge)?.rank ?? null;
}

/** Whether we can answer it. */
export function isAnswerable(challenge: Challenge): boolean {
  const { qop } = challenge;
  return algorithmOf(challenge) !== null && (qop.length === 0 || qop.includes('auth') || qop.includes('auth-int'));
}

/** Of each realm the challenge we like best, in the order the realms came. */
export function preferredChallenges(challenges: readonly Challenge[]): Challenge[] {
  const best = new Map<string, Challenge>();
  for (const challenge of challenges) {
    if (!isAnswerable(challenge)) continue;
    const present = best.get(challenge.realm);
    if (!present || (algorithmOf(challenge)?.rank ?? 0) < (algorithmOf(present)?.rank ?? 0)) best.set(challenge.realm, challenge);
  }
  return [...best.values()];
}

/** The value of an Authorization or Proxy-Authorization header, or null where the challenge cannot be answered. */
export function authorization(
  challenge: Challenge,
  credentials: Credentials,
  request: AuthorizedRequest,
  nonceCount: number,
  clientNonce: string,
): string | null {
  const algorithm = algorithmOf(challenge);
  if (!algorithm || !isAnswerable(challenge)) return null;
  const digest = (text: string): string => createHash(algorithm.hash).update(text, 'utf8').digest('hex');
  const { username, password } = credentials;
  const { realm, nonce, qop } = challenge;
  const quality = qop.length === 0 ? null : qop.includes('auth') ? 'auth' : 'auth-int';
  const plain = digest(`${username}:${realm}:${password}`);
  const a1 = algorithm.isSession ? digest(`${plain}:${nonce}:${clientNonce}`) : plain;
  const a2 = digest(
    quality === 'auth-int' ? `${request.method}:${request.uri}:${digest(request.body)}` : `${request.method}:${request.uri}`,
  );
  const count = nonceCount.toString(16).padStart(8, '0');
  const response = digest(quality === null ? `${a1}:${nonce}:${a2}` : `${a1}:${nonce}:${count}:${clientNonce}:${quality}:${a2}`);
  const escaped = (text: string): string => text.replace(/[\\"]/g, '\\$&');
  const parts = [
    `username="${escaped(username)}"`,
    `realm="${escaped(realm)}"`,
    `nonce="${escaped(nonce)}"`,
    `uri="${request.uri}"`,
    `response="${response}"`,
    // RFC 8760 §2.6: named where the server named it; old servers choke on one they did not ask for.
    ...(challenge.algorithm === null ? [] : [`algorithm=${challenge.algorithm}`]),
    ...(challenge.opaque === null ? [] : [`opaque="${escaped(challenge.opaque)}"`]),
    ...(quality === null
      ? algorithm.isSession
        ? [`cnonce="${clientNonce}"`]
        : []
      : [`qop=${quality}`, `cnonce="${clientNonce}"`, `nc=${count}`]),
  ];
  return `Digest ${parts.join(', ')}`;
}
