/**
 * The thread that carries media: packets never wait for the core, whatever that is doing, nor the core for them. A
 * defect here ends the thread, and with it the media of its calls, and nothing else.
 */
import { parentPort } from 'node:worker_threads';
import { Relay } from './relay.ts';
import type { Asked, Said } from './worker-messages.ts';

/** Outside the range that systems take outgoing ports from. */
const PORTS = { lowest: 20_000, highest: 29_998 };

const relays = new Map<number, Promise<Relay>>();

function say(said: Said): void {
  parentPort?.postMessage(said);
}

async function answered(leg: number, id: number, work: (relay: Relay) => Promise<string>): Promise<void> {
  try {
    const relay = await relays.get(leg);
    if (!relay) throw new Error('the leg is closed');
    say({ say: 'answer', id, sdp: await work(relay) });
  } catch (error) {
    say({ say: 'refused', id, detail: error instanceof Error ? error.message : String(error) });
  }
}

parentPort?.on('message', (asked: Asked) => {
  const { leg } = asked;
  switch (asked.do) {
    case 'open': {
      const opened = Relay.open(
        { ...asked.address, ports: PORTS },
        {
          toneReceived: (tone) => {
            say({ say: 'tone', leg, tone });
          },
          failed: (detail) => {
            say({ say: 'failed', leg, detail });
          },
        },
      );
      // What cannot be opened is said to whoever asks for a description.
      opened.catch(() => undefined);
      relays.set(leg, opened);
      return;
    }
    case 'outward':
      void answered(leg, asked.id, (relay) => relay.outward(asked.sdp, asked.offered));
      return;
    case 'inward':
      void answered(leg, asked.id, (relay) => relay.inward(asked.sdp, asked.type));
      return;
    case 'close': {
      const relay = relays.get(leg);
      relays.delete(leg);
      void relay?.then((each) => each.close()).catch(() => undefined);
    }
  }
});
