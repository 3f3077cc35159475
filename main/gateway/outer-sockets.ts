/** The two ports of one media section towards the far side: an even one for RTP, the next for RTCP (RFC 3550 §11). */
import dgram from 'node:dgram';
import { randomInt } from 'node:crypto';
import { isIP } from 'node:net';

export interface PortRange {
  readonly lowest: number;
  readonly highest: number;
}

export interface Sender {
  readonly address: string;
  readonly port: number;
}

export interface OuterSockets {
  readonly port: number;
  readonly controlPort: number;
  send(packet: Buffer, to: Sender): void;
  sendControl(packet: Buffer, to: Sender): void;
  close(): void;
}

const MOST_TRIES = 100;

/** Rejects where no pair of ports is free. `address`: where we are reached, and send from. */
export async function openOuterSockets(
  address: string,
  range: PortRange,
  received: (packet: Buffer, from: Sender, isControlPort: boolean) => void,
): Promise<OuterSockets> {
  const pairs = Math.floor((range.highest - range.lowest) / 2);
  for (let tried = 0; tried < MOST_TRIES; tried += 1) {
    const port = range.lowest + 2 * randomInt(Math.max(1, pairs));
    const media = await bound(address, port);
    if (media === null) continue;
    const control = await bound(address, port + 1);
    if (control === null) {
      media.close();
      continue;
    }
    media.on('message', (packet, from) => {
      received(packet, from, false);
    });
    control.on('message', (packet, from) => {
      received(packet, from, true);
    });
    let isOpen = true;
    const send = (socket: dgram.Socket, packet: Buffer, to: Sender): void => {
      // What cannot be sent is lost, as on any network.
      if (isOpen) socket.send(packet, to.port, to.address, () => undefined);
    };
    return {
      port,
      controlPort: port + 1,
      send: (packet, to) => {
        send(media, packet, to);
      },
      sendControl: (packet, to) => {
        send(control, packet, to);
      },
      close() {
        if (!isOpen) return;
        isOpen = false;
        media.close();
        control.close();
      },
    };
  }
  throw new Error(`no two ports are free from ${range.lowest} to ${range.highest}`);
}

/** A socket on that port; null where it is taken. */
function bound(address: string, port: number): Promise<dgram.Socket | null> {
  return new Promise((resolve) => {
    const socket = dgram.createSocket({ type: isIP(address) === 6 ? 'udp6' : 'udp4' });
    socket.once('error', () => {
      socket.close();
      resolve(null);
    });
    socket.bind(port, address, () => {
      socket.removeAllListeners('error');
      // An ICMP refusal must not end the call: the far side's port may open a moment later.
      socket.on('error', () => undefined);
      resolve(socket);
    });
  });
}
