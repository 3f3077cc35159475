/** A port on loopback that nobody has, below the range that systems take outgoing ports from. */
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

const FIRST = 12_000;
const LAST = 20_900;

let next = FIRST + ((process.pid * 37) % 8_000);

/** The first of `count` ports in a row that are free for streams and for datagrams; not given twice by one process. */
export async function freePort(count = 1): Promise<number> {
  for (let tries = 0; tries < 200; tries += 1) {
    // Programs take the ports after the one they are given as well.
    next = next >= LAST ? FIRST : next + 10;
    const ports = Array.from({ length: count }, (_, index) => next + index);
    const areFree = await Promise.all(ports.map(async (port) => (await takesStreams(port)) && (await takesDatagrams(port))));
    if (areFree.every(Boolean)) return next;
  }
  throw new Error('no free port');
}

function takesStreams(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen(port, '127.0.0.1', () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}

function takesDatagrams(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => {
      resolve(false);
    });
    socket.bind(port, '127.0.0.1', () => {
      socket.close(() => {
        resolve(true);
      });
    });
  });
}
