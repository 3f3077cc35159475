import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { Failure } from '../../../../../common/model/failure.ts';
import { openWebSocket } from '../../../../../main/sip/sockets/web-socket.ts';
import { DEFAULT_TIMES } from '../../../../../main/sip/times.ts';
import { systemClock } from '../../../../../main/system/system-clock.ts';
import { createKeptLogger } from '../../../../support/kept-logger.ts';

it.each(['/#frag', '//[ ', '/\n'])(
  'a path that makes no URL (%j) is a failure, and nothing is thrown at the connection',
  async (webSocketPath) => {
    const server = createServer((socket) => socket.on('error', () => undefined));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const failure = await new Promise<Failure>((resolve) => {
      openWebSocket(
        {
          transport: 'ws',
          host: '127.0.0.1',
          port,
          webSocketPath,
          domain: 'example.org',
          namedHost: '127.0.0.1',
          certificateAuthorityFile: null,
        },
        { clock: systemClock, logger: createKeptLogger(), times: { ...DEFAULT_TIMES, connectMs: 1_000 } },
        { opened: () => undefined, received: () => undefined, closed: resolve },
      );
    });
    expect(failure.code).toMatch(/settings-unusable|connection-timeout/);
  },
);
