/**
 * The port `MediaGateway` over a thread of its own, which is started when the first call needs it and again after it
 * ended. When it ends by a defect, the legs that it carried fail.
 */
import { Worker } from 'node:worker_threads';
import type { GatewayEvents, MediaGateway } from '../ports/media-gateway.ts';
import type { Logger } from '../ports/logger.ts';
import { canCarry } from './sdp/carried-offer.ts';
import type { Asked, Said } from './worker-messages.ts';

interface Waiting {
  readonly resolve: (sdp: string) => void;
  readonly reject: (error: Error) => void;
}

/** `file`: the thread's own code, as it is built. */
export function createWorkerGateway(file: URL, logger: Logger): MediaGateway {
  const legs = new Map<number, GatewayEvents>();
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let lastLeg = 0;
  let lastRequest = 0;

  function running(): Worker {
    if (worker) return worker;
    const started = new Worker(file);
    worker = started;
    // Calls keep the process by themselves.
    started.unref();
    started.on('message', (said: Said) => {
      hear(said);
    });
    started.on('error', (error) => {
      logger.error('the media gateway broke', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    });
    started.on('exit', () => {
      if (worker === started) worker = null;
      for (const { reject } of waiting.values()) reject(new Error('the media gateway ended'));
      waiting.clear();
      for (const events of [...legs.values()]) events.failed('the media gateway ended');
      legs.clear();
    });
    return started;
  }

  function hear(said: Said): void {
    switch (said.say) {
      case 'answer':
        waiting.get(said.id)?.resolve(said.sdp);
        waiting.delete(said.id);
        return;
      case 'refused':
        waiting.get(said.id)?.reject(new Error(said.detail));
        waiting.delete(said.id);
        return;
      case 'tone':
        legs.get(said.leg)?.toneReceived(said.tone);
        return;
      case 'failed':
        legs.get(said.leg)?.failed(said.detail);
    }
  }

  function tell(asked: Asked): void {
    running().postMessage(asked);
  }

  function ask(make: (id: number) => Asked): Promise<string> {
    const id = (lastRequest += 1);
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      tell(make(id));
    });
  }

  return {
    canCarry,
    open(address, events) {
      const leg = (lastLeg += 1);
      legs.set(leg, events);
      tell({ do: 'open', leg, address });
      return {
        outward: (sdp, offered) => ask((id) => ({ do: 'outward', leg, id, sdp, offered })),
        inward: (sdp, type) => ask((id) => ({ do: 'inward', leg, id, sdp, type })),
        close() {
          if (legs.delete(leg)) tell({ do: 'close', leg });
        },
      };
    },
  };
}
