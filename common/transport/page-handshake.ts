/**
 * How a page in a browser and its host come to trust each other over a socket that anybody on this computer could have
 * answered, before a word of the contract is said:
 *
 *   page ── hello: session, nonce ──────────► host
 *   page ◄── proof by the session's secret ── host     (a listener that took the port cannot make it)
 *   page ── proof by the session's secret ──► host     (a copied message or a cookie is none)
 *   page ◄── welcome, a newer session ─────── host
 *
 * Each proof covers both nonces and the host and port that the page sees, so that it is of no use anywhere else.
 */
import * as v from 'valibot';

const Word = v.pipe(v.string(), v.minLength(1), v.maxLength(200));

/** What a page keeps: which session it is, and the secret of it. */
export const PageSession = v.strictObject({ id: Word, secret: Word });
export type PageSession = v.InferOutput<typeof PageSession>;

export const Hello = v.strictObject({ hello: v.strictObject({ session: Word, nonce: Word }) });
export const HostProof = v.strictObject({ host: v.strictObject({ nonce: Word, proof: Word }) });
export const PageProof = v.strictObject({ page: v.strictObject({ proof: Word }) });
/** `renewed`: the session to keep from now on; null: the same. */
export const Welcome = v.strictObject({ welcome: v.strictObject({ renewed: v.nullable(PageSession) }) });

/** WebSocket close codes: the host knows no such session; somebody did not prove what they said. */
export const SIGN_IN_NEEDED = 4401;
export const NOT_PROVEN = 4403;

/** What is signed (HMAC-SHA-256, hexadecimal). `authority`: host and port as the page sees them. */
export function proofText(by: 'host' | 'page', authority: string, pageNonce: string, hostNonce: string): string {
  return ['ahoy', by, authority, pageNonce, hostNonce].join('\n');
}
