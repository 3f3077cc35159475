/** A gateway that carries nothing: it writes what a phone would be told, and notes what it was given. */
import type { MediaGateway } from '../../main/ports/media-gateway.ts';

export interface FakeGateway extends MediaGateway {
  /** What was done, in order. */
  readonly done: string[];
  /** Breaks the leg that was opened last. */
  fail(): void;
}

export function createFakeGateway(): FakeGateway {
  const done: string[] = [];
  let failed: (detail: string) => void = () => undefined;
  return {
    done,
    fail() {
      failed('broken');
    },
    canCarry: (offer) => offer.includes('RTP/AVP'),
    open(address, events) {
      failed = (detail) => {
        events.failed(detail);
      };
      done.push(`open ${address.local}`);
      return {
        outward(sdp, offered) {
          done.push(`outward ${offered ?? 'answer'}`);
          const direction = /^a=(sendrecv|sendonly|recvonly|inactive)\r?$/m.exec(sdp)?.[1] ?? 'sendrecv';
          return Promise.resolve(
            [
              'v=0',
              'o=- 1 1 IN IP4 127.0.0.1',
              's=-',
              'c=IN IP4 127.0.0.1',
              't=0 0',
              `m=audio 20000 ${offered ?? 'RTP/AVP'} 0`,
              `a=${direction}`,
              '',
            ].join('\r\n'),
          );
        },
        inward(sdp, type) {
          done.push(`inward ${type}`);
          return Promise.resolve(sdp.replace('RTP/AVP', 'UDP/TLS/RTP/SAVPF'));
        },
        close() {
          done.push('close');
        },
      };
    },
  };
}
