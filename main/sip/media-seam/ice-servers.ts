/** The account's STUN and TURN servers as a peer connection takes them. */
import type { SipAccount } from '../../ports/sip-stack.ts';

export type PeerIceServers = readonly { readonly urls: string; readonly username?: string; readonly credential?: string }[];

export function iceServersOf(account: SipAccount): PeerIceServers {
  return account.settings.iceServers.map(({ url, username }) => {
    const credential = account.iceCredentials[url];
    return { urls: url, ...(username === undefined ? {} : { username }), ...(credential === undefined ? {} : { credential }) };
  });
}
