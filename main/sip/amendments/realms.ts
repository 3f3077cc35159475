/**
 * Whose challenges a user agent answers. A digest of the password helps to guess the password, so only our own server
 * gets one: realms that asked at REGISTER, or that are the account's domain. And what a realm once offered it cannot
 * take back: a later challenge by a weaker algorithm means somebody in between (RFC 8760 §4).
 */
import { strengthRank, type Challenge } from '../wire/digest.ts';

export class Realms {
  private readonly domain: string;
  private readonly ours = new Set<string>();
  private readonly strongest = new Map<string, number>();

  constructor(domain: string) {
    this.domain = domain.toLowerCase();
  }

  mayAnswer(challenge: Challenge, method: string, header: 'authorization' | 'proxy-authorization'): boolean {
    const { realm } = challenge;
    if (method === 'REGISTER') this.ours.add(realm);
    else if (!this.isOurs(realm, header)) return false;
    const rank = strengthRank(challenge);
    if (rank === null) return false;
    const before = this.strongest.get(realm);
    if (before !== undefined && rank > before) return false;
    this.strongest.set(realm, rank);
    return true;
  }

  /** A server that lets us register unasked may still ask as a proxy; a far side has no business to. */
  private isOurs(realm: string, header: 'authorization' | 'proxy-authorization'): boolean {
    if (this.ours.has(realm) || realm.toLowerCase() === this.domain) return true;
    return this.ours.size === 0 && header === 'proxy-authorization';
  }
}
