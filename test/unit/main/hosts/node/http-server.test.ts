import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import WebSocket from 'ws';
import { createContractEndpoint } from '../../../../../main/hosts/node/web-socket-endpoint.ts';
import { createHttpServer, listenOnLoopback } from '../../../../../main/hosts/node/http-server.ts';
import { openPageSessions } from '../../../../../main/hosts/node/node-page-sessions.ts';
import { createSignIn } from '../../../../../main/hosts/node/sign-in.ts';
import { systemClock } from '../../../../../main/system/system-clock.ts';
import { listPageFiles } from '../../../../../main/system/page-files.ts';
import type { PageSession } from '../../../../../common/transport/page-handshake.ts';
import { openPage, type PageOptions } from '../../../../support/page-client.ts';
import { createKeptLogger } from '../../../../support/kept-logger.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

async function openServer() {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'pages', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'pages', 'index.html'), 'main page');
  writeFileSync(join(folder, 'pages', 'assets', 'a.js'), 'script');
  writeFileSync(join(folder, 'outside.js'), 'private');
  let port = 0;
  const kinds: string[] = [];
  /** Makes what is behind the server throw. */
  const trap = { isSet: false };
  const signIn = createSignIn(() => port);
  const sessions = openPageSessions(join(folder, 'none'), 'profile secret', systemClock, () => undefined);
  const defects: string[] = [];
  const report = (where: string): string => `report ${defects.push(where)}`;
  const endpoint = createContractEndpoint(
    (transport, kind) => {
      if (trap.isSet) throw new Error('a defect');
      kinds.push(kind);
      transport.onMessage((message) => {
        transport.send({ heard: message });
      });
    },
    sessions,
    createKeptLogger(),
    report,
  );
  const server = createHttpServer(
    await listPageFiles(join(folder, 'pages')),
    endpoint,
    signIn,
    sessions,
    { controlSecret: 'control', automationToken: 'program' },
    {
      frontRequested: () => {
        if (trap.isSet) throw new Error('a defect');
        return 'http://new';
      },
      defect: report,
    },
  );
  port = await listenOnLoopback(server, 0, false);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
      const asked = httpRequest({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
        let body = '';
        response.on('data', (more: Buffer) => (body += more.toString()));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
      });
      asked.on('error', reject);
      asked.end();
    });
  const signedIn = async (): Promise<PageSession> => {
    const { headers } = await get(`/?token=${signIn.newToken()}`);
    const [, id = '', secret = ''] = /^\/#session=([\w-]+)\.([\w-]+)$/.exec(String(headers['location'])) ?? [];
    return { id, secret };
  };
  const upgrade = async (headers: Record<string, string>, path = '/contract?kind=main'): Promise<number | WebSocket> => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
    onTestFinished(() => socket.terminate());
    socket.on('error', () => undefined);
    return new Promise((resolve) => {
      socket.once('open', () => resolve(socket));
      socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    });
  };
  return { port, get, signedIn, upgrade, signIn, sessions, kinds, server, trap, defects, origin: `http://127.0.0.1:${port}` };
}

describe('the Node host’s server', () => {
  it('exchanges a token once, for a session behind the # and no cookie', async () => {
    const { get, signIn, sessions } = await openServer();
    const token = signIn.newToken();
    const first = await get(`/?token=${token}`, { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0 Safari/537.36' });
    expect([first.status, first.headers['set-cookie'], first.headers['cache-control']]).toEqual([303, undefined, 'no-store']);
    expect(first.headers['location']).toMatch(/^\/#session=[\w-]{24}\.[0-9a-f]{64}$/);
    expect(sessions.present()).toMatchObject([{ browser: 'Chromium 156, Linux' }]);
    expect((await get(`/?token=${token}`)).headers['location']).toBe('/');
    expect(sessions.present()).toHaveLength(1);
  });

  it('serves its pages with a strict policy; they are no secret', async () => {
    const { get } = await openServer();
    const page = await get('/');
    expect([page.status, page.body]).toEqual([200, 'main page']);
    expect(page.headers['content-security-policy']).toMatch(/default-src 'none'.*script-src 'self';/);
    expect(page.headers['content-security-policy']).not.toMatch(/script-src[^;]*unsafe/);
    expect(page.headers['cross-origin-resource-policy']).toBe('same-origin');
  });

  it.each(['/../outside.js', '/..%2foutside.js', '/assets/../../outside.js', '/assets/%2e%2e/%2e%2e/outside.js', '/%00', '/nothing'])(
    'serves nothing for %s',
    async (path) => {
      const { get } = await openServer();
      const answer = await get(path);
      expect(answer.body).not.toContain('private');
      expect(answer.status).toBe(404);
    },
  );

  it.each([
    ['another Host (a rebound name)', { host: 'evil.example' }],
    ['a foreign Origin', { origin: 'http://evil.example' }],
  ])('refuses %s', async (_what, headers) => {
    const { get } = await openServer();
    expect((await get('/', headers)).status).toBe(403);
  });

  it('opens the contract to a page that proves its session, and to a program with its token', async () => {
    const { port, upgrade, signedIn, kinds } = await openServer();
    const session = await signedIn();
    for (const kind of ['main', 'call']) expect(await openPage(port, session, { kind })).toMatchObject({ renewed: null });
    expect(await upgrade({ authorization: 'Bearer program' })).toBeInstanceOf(WebSocket);
    expect(kinds).toEqual(['main', 'call', 'program']);
  });

  it.each([
    ['a session nobody has', { id: 'nobody' }, 4401],
    ['a session without its secret', { secret: '0'.repeat(64) }, 4403],
    ['a proof that was made for another port, as one passes it on that took the port of before', { authority: '127.0.0.1:1' }, 4403],
    ['who says the contract before anything is proved', { first: { t: 'q', i: '1', m: 'ask', a: ['host.openWindow', {}] } }, 4403],
    ['who says nothing that can be read', { first: 'nonsense' }, 4403],
    ['who answers with a proof of an earlier connection', { proof: 'a'.repeat(64) }, 4403],
  ])('closes the contract to %s', async (_what, changes, code) => {
    const { port, signedIn, kinds } = await openServer();
    const session = await signedIn();
    expect(await openPage(port, { ...session, ...changes }, changes as PageOptions)).toEqual({ closed: code });
    expect(kinds).toEqual([]);
  });

  it('closes the pages of a browser that is signed out', async () => {
    const { port, signedIn, sessions } = await openServer();
    const session = await signedIn();
    const page = await openPage(port, session);
    if (!('socket' in page)) throw new Error('not opened');
    const closed = once(page.socket, 'close');
    expect(sessions.end(session.id)).toBe(true);
    expect((await closed)[0]).toBe(4401);
    expect(await openPage(port, session)).toEqual({ closed: 4401 });
  });

  it.each([
    ['no Origin', 401, async (server: Awaited<ReturnType<typeof openServer>>) => server.upgrade({})],
    ['a foreign Origin', 403, async (server: Awaited<ReturnType<typeof openServer>>) => server.upgrade({ origin: 'http://evil.example' })],
    ['a wrong token', 401, async (server: Awaited<ReturnType<typeof openServer>>) => server.upgrade({ authorization: 'Bearer wrong' })],
    [
      'the control secret',
      401,
      async (server: Awaited<ReturnType<typeof openServer>>) => server.upgrade({ authorization: 'Bearer control' }),
    ],
    [
      'another path',
      404,
      async (server: Awaited<ReturnType<typeof openServer>>) => server.upgrade({ authorization: 'Bearer program' }, '/other'),
    ],
  ])('refuses the contract to %s', async (_what, status, attempt) => {
    expect(await attempt(await openServer())).toBe(status);
  });

  it('closes a connection that sends no JSON object, or too much', async () => {
    const { upgrade } = await openServer();
    for (const bad of ['nonsense', '1', Buffer.from([1, 2]), 'x'.repeat(2 * 1024 * 1024)]) {
      const socket = (await upgrade({ authorization: 'Bearer program' })) as WebSocket;
      socket.send(bad);
      const [code] = (await once(socket, 'close')) as [number];
      expect([1007, 1009]).toContain(code);
    }
  });

  it('tells a second start where to go, by the control secret only', async () => {
    const { get } = await openServer();
    expect((await get('/front', {}, 'POST')).status).toBe(401);
    const answer = await get('/front', { authorization: 'Bearer control' }, 'POST');
    expect(JSON.parse(answer.body)).toEqual({ address: 'http://new' });
  });

  const NO_PATHS = ['//[', 'http://[', '//:99999999', 'http://a:b', '*', 'http://evil.example/', '/%', '/\\', '/nothing?token%=%E0%A4%A'];

  it.each(NO_PATHS)('answers a request for %s, whoever asks, and goes on', async (path) => {
    const { port, get, origin, defects } = await openServer();
    for (const method of ['GET', 'POST', 'OPTIONS', 'HEAD', 'DELETE']) {
      for (const more of [`Host: 127.0.0.1:${port}`, `Host: 127.0.0.1:${port}\r\nOrigin: http://evil.example`, 'Host: evil.example'])
        expect(await raw(port, `${method} ${path} HTTP/1.1\r\n${more}\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\/1\.1 4\d\d /);
      const upgrade = `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: ${origin}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n`;
      expect(await raw(port, upgrade)).toMatch(/^HTTP\/1\.1 4\d\d /);
    }
    expect((await get('/')).status).toBe(200);
    expect(defects).toEqual([]);
  });

  it('looks at who asks before what is asked: a foreign page’s upgrade is 403 whatever its path', async () => {
    const { port } = await openServer();
    const foreign = `Host: 127.0.0.1:${port}\r\nOrigin: http://evil.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n`;
    for (const path of ['//[', '/contract', '/nothing'])
      expect(await raw(port, `GET ${path} HTTP/1.1\r\n${foreign}`)).toMatch(/^HTTP\/1\.1 403 /);
  });

  it('answers what throws behind it with a report number, and serves the next', async () => {
    const { get, upgrade, trap, defects } = await openServer();
    trap.isSet = true;
    const answer = await get('/front', { authorization: 'Bearer control' }, 'POST');
    expect([answer.status, answer.body]).toEqual([500, 'Ahoy made a mistake. Report number report 1.']);
    const socket = await upgrade({ authorization: 'Bearer program' });
    if (socket instanceof WebSocket) await once(socket, 'close');
    expect(defects).toEqual(['an HTTP request', 'an HTTP upgrade']);
    trap.isSet = false;
    expect((await get('/')).status).toBe(200);
  });

  it('closes refused upgrades and half-open connections, also where the far side keeps its half', async () => {
    const { port, server } = await openServer();
    const sockets = Array.from({ length: 20 }, (_, count) => {
      const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
      socket.on('error', () => undefined);
      if (count % 2 === 0)
        socket.write(
          `GET /contract HTTP/1.1\r\nHost: evil.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n`,
        );
      else socket.write('GET / HTTP/1.1\r\nHost: ');
      onTestFinished(() => void socket.destroy());
      return socket;
    });
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    const left = (): Promise<number> => new Promise((resolve) => server.getConnections((_error, count) => resolve(count)));
    await expect.poll(left, { timeout: 5_000 }).toBeLessThanOrEqual(10);
    await expect.poll(left, { timeout: 20_000 }).toBe(0);
  }, 30_000);

  it('takes no more connections than a few windows need', async () => {
    const { port, server } = await openServer();
    const dropped = new Promise((resolve) => server.once('drop', resolve));
    for (let count = 0; count < 140; count += 1) {
      const socket = connect({ port, host: '127.0.0.1' });
      socket.on('error', () => undefined);
      onTestFinished(() => void socket.destroy());
    }
    await dropped;
  });
});

/** Sends bytes as they are; what came back when the server closed, or its first line. */
function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write(text));
    let answer = '';
    socket.on('data', (more) => {
      answer += more.toString();
      if (answer.includes('\r\n\r\n')) socket.destroy();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      resolve(answer);
    });
  });
}
