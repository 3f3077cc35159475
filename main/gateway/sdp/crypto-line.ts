/** `a=crypto` (RFC 4568 §9): the keys of SDES, offered and answered in the description. */
import type { MasterKey } from '../srtp/session-keys.ts';
import { suiteNamed, type Suite } from '../srtp/suite.ts';

export interface CryptoLine {
  readonly tag: string;
  readonly suite: Suite;
  readonly master: MasterKey;
  /** The length of a master key identifier behind each packet, in bytes; 0 for none. */
  readonly identifierLength: number;
}

/** The value behind `a=crypto:`; null where it cannot be used, session parameters that change the protocol included. */
export function parseCryptoLine(value: string): CryptoLine | null {
  const [tag, name, parameters, ...session] = value.trim().split(/\s+/);
  const suite = suiteNamed(name ?? '');
  const [, inline, rest = ''] = /^inline:([A-Za-z0-9+/=]+)((?:\|[^|;]*)*)/.exec(parameters ?? '') ?? [];
  // RFC 4568 §6.3.7: what is not known to be harmless must be refused; these change what packets look like.
  const isChanged = session.some((each) => /^(?:UNENCRYPTED_|UNAUTHENTICATED_|KDR=(?!0\b)|FEC_)/i.test(each));
  if (tag === undefined || !/^\d{1,9}$/.test(tag) || !suite || inline === undefined || isChanged) return null;
  const bytes = Buffer.from(inline, 'base64');
  if (bytes.length !== suite.keyLength + suite.saltLength) return null;
  const identifier = rest.split('|').find((part) => part.includes(':'));
  const identifierLength = identifier === undefined ? 0 : Number(identifier.split(':')[1]);
  if (!Number.isInteger(identifierLength) || identifierLength < 0 || identifierLength > 128) return null;
  return {
    tag,
    suite,
    master: { key: bytes.subarray(0, suite.keyLength), salt: bytes.subarray(suite.keyLength) },
    identifierLength,
  };
}

export function formatCryptoLine({ tag, suite, master }: Pick<CryptoLine, 'tag' | 'suite' | 'master'>): string {
  return `a=crypto:${tag} ${suite.name} inline:${Buffer.concat([master.key, master.salt]).toString('base64')}`;
}
