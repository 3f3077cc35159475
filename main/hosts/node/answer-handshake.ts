/** The host's side of common/transport/page-handshake.ts, on a socket that a page of our own origin opened. */
import { randomBytes } from 'node:crypto';
import * as v from 'valibot';
import type { WebSocket } from 'ws';
import { Hello, NOT_PROVEN, PageProof, SIGN_IN_NEEDED, type PageSession } from '../../../common/transport/page-handshake.ts';
import type { NodePageSessions } from './node-page-sessions.ts';
import { sameSecret } from './same-secret.ts';

const LONGEST_MS = 10_000;

/** `done`, with the session, when the page proved itself; before it returns the welcome is sent. Else the socket is closed. */
export function answerHandshake(socket: WebSocket, authority: string, sessions: NodePageSessions, done: (sessionId: string) => void): void {
  let step: 'hello' | 'proof' | 'over' = 'hello';
  let session = '';
  let nonces: readonly [page: string, host: string] = ['', ''];

  const timer = setTimeout(() => {
    refuse(NOT_PROVEN);
  }, LONGEST_MS);
  timer.unref();

  function refuse(code: number): void {
    finish();
    socket.close(code);
  }

  function finish(): void {
    step = 'over';
    clearTimeout(timer);
    socket.off('message', take);
  }

  function take(data: Buffer): void {
    const message = parsed(data);
    if (step === 'hello') {
      const read = v.safeParse(Hello, message);
      const hello = read.success ? read.output.hello : null;
      const hostNonce = randomBytes(18).toString('base64url');
      const proof = hello && sessions.proof(hello.session, 'host', authority, hello.nonce, hostNonce);
      if (!hello || proof === null) {
        refuse(hello ? SIGN_IN_NEEDED : NOT_PROVEN);
        return;
      }
      session = hello.session;
      nonces = [hello.nonce, hostNonce];
      step = 'proof';
      socket.send(JSON.stringify({ host: { nonce: hostNonce, proof } }));
      return;
    }
    const read = v.safeParse(PageProof, message);
    const expected = sessions.proof(session, 'page', authority, ...nonces);
    if (!read.success || expected === null || !sameSecret(read.output.page.proof, expected)) {
      refuse(NOT_PROVEN);
      return;
    }
    finish();
    const renewed: PageSession | null = sessions.used(session);
    done(renewed?.id ?? session);
    socket.send(JSON.stringify({ welcome: { renewed } }));
  }

  socket.on('message', take);
  socket.once('close', finish);
}

function parsed(data: Buffer): unknown {
  try {
    return JSON.parse(data.toString('utf8')) as unknown;
  } catch {
    return null;
  }
}
