/** A page's side of the Node host's handshake, written a second time, so that the test does not check the code by itself. */
import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import WebSocket from 'ws';
import type { PageSession } from '../../common/transport/page-handshake.ts';

export interface PageOptions {
  readonly kind?: string;
  /** What the proof is made for instead of the host's own address. */
  readonly authority?: string;
  /** Sent in place of the hello. */
  readonly first?: unknown;
  /** Sent in place of the page's own proof. */
  readonly proof?: string;
}

export type OpenedPage =
  | { readonly socket: WebSocket; readonly renewed: PageSession | null }
  /** By the host, with this code, before it was opened. */
  | { readonly closed: number };

export async function openPage(port: number, session: PageSession, options: PageOptions = {}): Promise<OpenedPage> {
  const authority = options.authority ?? `127.0.0.1:${port}`;
  const socket = new WebSocket(`ws://127.0.0.1:${port}/contract?kind=${options.kind ?? 'main'}`, {
    headers: { origin: `http://127.0.0.1:${port}` },
  });
  onTestFinished(() => {
    socket.terminate();
  });
  const closed = new Promise<{ closed: number }>((resolve) => socket.once('close', (code) => resolve({ closed: code })));
  const next = async (): Promise<Record<string, unknown> | { closed: number }> => {
    const message = once(socket, 'message') as Promise<[Buffer]>;
    return Promise.race([message.then(([frame]) => JSON.parse(frame.toString()) as Record<string, unknown>), closed]);
  };
  const proof = (by: string, ...nonces: string[]): string =>
    createHmac('sha256', session.secret)
      .update(['ahoy', by, authority, ...nonces].join('\n'))
      .digest('hex');

  await once(socket, 'open');
  const nonce = randomBytes(12).toString('hex');
  socket.send(JSON.stringify(options.first ?? { hello: { session: session.id, nonce } }));
  const answer = await next();
  if ('closed' in answer) return answer as { closed: number };
  const host = answer['host'] as { nonce: string; proof: string };
  // Whoever has the right secret and address finds the host's proof right too.
  const isRight = host.proof === proof('host', nonce, host.nonce);
  if (!isRight && options.authority === undefined && options.proof === undefined && session.secret.replaceAll('0', '') !== '')
    throw new Error('the host did not prove itself');
  socket.send(JSON.stringify({ page: { proof: options.proof ?? proof('page', nonce, host.nonce) } }));
  const welcome = await next();
  if ('closed' in welcome) return welcome as { closed: number };
  return { socket, renewed: (welcome['welcome'] as { renewed: PageSession | null }).renewed };
}
