/** The page's side of common/transport/page-handshake.ts: nothing secret is sent before the host has proved itself. */
import * as v from 'valibot';
import { HostProof, proofText, Welcome, type PageSession } from '../../common/transport/page-handshake.ts';

/** The host's answer was not made with the session's secret: somebody else is at its address. */
export class ForeignHost extends Error {
  override name = 'ForeignHost';
}

/** Resolves with the session to keep from now on (null: the same). `next` gives the host's messages, one by one. */
export async function shakeHands(
  session: PageSession,
  authority: string,
  send: (message: unknown) => void,
  next: () => Promise<unknown>,
): Promise<PageSession | null> {
  const nonce = hex(crypto.getRandomValues(new Uint8Array(18)));
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(session.secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  const proofBy = async (by: 'host' | 'page', hostNonce: string): Promise<string> =>
    hex(new Uint8Array(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(proofText(by, authority, nonce, hostNonce)))));

  send({ hello: { session: session.id, nonce } });
  const host = v.safeParse(HostProof, await next());
  if (!host.success || host.output.host.proof !== (await proofBy('host', host.output.host.nonce))) throw new ForeignHost();
  send({ page: { proof: await proofBy('page', host.output.host.nonce) } });
  const welcome = v.safeParse(Welcome, await next());
  if (!welcome.success) throw new ForeignHost();
  return welcome.output.welcome.renewed;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
