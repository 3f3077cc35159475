/** MESSAGE: the round trip through Kamailio, and how many a second are stored and answered. */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { AddressOfRecord } from '../common/model/address-of-record.ts';
import type { Kamailio } from '../test/support/kamailio.ts';
import { percentile, round, startHost, until, type RunningHost } from './support.ts';

const ROUND_TRIPS = 500;
const INCOMING = 5_000;
const WINDOW = 50;

async function signIn(host: RunningHost, user: string, server: Kamailio) {
  const client = await host.client();
  const added = await client.ask.accounts.add({
    settings: { addressOfRecord: `sip:${user}@${server.domain}`, transport: 'ws', server: '127.0.0.1', port: server.ports.ws },
    password: server.password,
  });
  if (!added.ok) throw new Error(added.failure.code);
  await until(async () => {
    const snapshot = await client.snapshot('accounts');
    return snapshot.ok && snapshot.value.state.accounts[0]?.registration.state === 'registered';
  });
  return { client, accountId: added.value.accountId };
}

/** From the command to the final response: our disk, our SIP, Kamailio twice, the far side's SIP and disk. */
export async function benchRoundTrip(server: Kamailio): Promise<Readonly<Record<string, number>>> {
  const [near, far] = [await startHost(), await startHost()];
  const alice = await signIn(near, 'bench-alice', server);
  await signIn(far, 'bench-bob', server);
  const opened = await alice.client.ask.messaging.open({
    accountId: alice.accountId,
    peer: `sip:bench-bob@${server.domain}` as AddressOfRecord,
  });
  if (!opened.ok) throw new Error(opened.failure.code);
  const conversationId = opened.value.conversation.id;
  const times: number[] = [];
  for (let n = 0; n < ROUND_TRIPS; n += 1) {
    const startedAt = performance.now();
    await new Promise<void>((resolve) => {
      const end = alice.client.listen('messaging.messageChanged', ({ message }) => {
        if (message.text !== `round trip ${n}` || message.state !== 'sent') return;
        end();
        resolve();
      });
      void alice.client.ask.messaging.send({ conversationId, text: `round trip ${n}` });
    });
    times.push(performance.now() - startedAt);
  }
  await near.program.stop('SIGINT');
  await far.program.stop('SIGINT');
  return { roundTrips: ROUND_TRIPS, p50Ms: percentile(times, 0.5), p99Ms: percentile(times, 0.99) };
}

/** A registrar of our own on TCP that takes anybody and then sends messages as fast as they are answered. */
export async function benchIncoming(): Promise<Readonly<Record<string, number>>> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const connected = new Promise<{ socket: Socket; target: string }>((resolve) => {
    server.once('connection', (socket) => {
      socket.once('data', (data: Buffer) => {
        const request = data.toString();
        const field = (name: string): string => new RegExp(`^${name}:.*$`, 'im').exec(request)?.[0] ?? '';
        const target = /^Contact:[^<]*<([^>;]+)/im.exec(request)?.[1] ?? '';
        socket.write(
          `SIP/2.0 200 OK\r\n${field('Via')}\r\n${field('From')}\r\n${field('To')};tag=r\r\n${field('Call-ID')}\r\n${field('CSeq')}\r\n${field('Contact')};expires=600\r\nContent-Length: 0\r\n\r\n`,
        );
        resolve({ socket, target });
      });
    });
  });
  const host = await startHost();
  const client = await host.client();
  await client.ask.accounts.add({
    settings: {
      addressOfRecord: 'sip:bench@sip.test',
      transport: 'tcp',
      server: '127.0.0.1',
      port: (server.address() as AddressInfo).port,
    },
    password: '',
  });
  const { socket, target } = await connected;
  let sent = 0;
  let answered = 0;
  const send = (): void => {
    sent += 1;
    const body = `message ${sent} ${'x'.repeat(80)}`;
    socket.write(
      `MESSAGE ${target} SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1:1;branch=z9hG4bKb${sent}\r\nMax-Forwards: 70\r\nFrom: <sip:p${sent % 20}@sip.test>;tag=${sent}\r\nTo: <sip:bench@sip.test>\r\nCall-ID: bench-${sent}\r\nCSeq: 1 MESSAGE\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
  };
  const startedAt = performance.now();
  await new Promise<void>((resolve) => {
    socket.on('data', (data: Buffer) => {
      const more = data.toString().split('SIP/2.0 200').length - 1;
      answered += more;
      for (let n = 0; n < more && sent < INCOMING; n += 1) send();
      if (answered >= INCOMING) resolve();
    });
    for (let n = 0; n < WINDOW; n += 1) send();
  });
  const seconds = (performance.now() - startedAt) / 1000;
  socket.destroy();
  server.close();
  await host.program.stop('SIGINT');
  return { messages: INCOMING, window: WINDOW, storedAndAnsweredPerSecond: round(INCOMING / seconds) };
}
