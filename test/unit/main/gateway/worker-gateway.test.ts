/** The gateway's thread, seen from the core: the real one, and one that breaks. */
import { expect, it } from 'vitest';
import { createWorkerGateway } from '../../../../main/gateway/worker-gateway.ts';
import { createKeptLogger } from '../../../support/kept-logger.ts';

const LOOPBACK = { local: '127.0.0.1', announced: '127.0.0.1' };
const NOTHING = { toneReceived: () => undefined, failed: () => undefined };
const OFFER = ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0', 'm=audio 5004 RTP/AVP 0', ''].join('\r\n');

it('a phone’s offer becomes a page’s, and what cannot be parsed is refused', async () => {
  const gateway = createWorkerGateway(new URL('../../../../main/gateway/worker.ts', import.meta.url), createKeptLogger());
  const leg = gateway.open(LOOPBACK, NOTHING);
  expect(await leg.inward(OFFER, 'offer')).toMatch(/^m=audio 9 UDP\/TLS\/RTP\/SAVPF 0\r$/m);
  await expect(leg.inward('nonsense', 'offer')).rejects.toThrow('cannot be parsed');
  leg.close();
  await expect(leg.inward(OFFER, 'offer')).rejects.toThrow('closed');
});

it('an address that this machine does not have is refused to whoever asks, and nothing else breaks', async () => {
  const gateway = createWorkerGateway(new URL('../../../../main/gateway/worker.ts', import.meta.url), createKeptLogger());
  const elsewhere = gateway.open({ local: '192.0.2.1', announced: '192.0.2.1' }, NOTHING);
  await expect(elsewhere.inward(OFFER, 'offer')).rejects.toThrow('no two ports');
  const leg = gateway.open(LOOPBACK, NOTHING);
  expect(await leg.inward(OFFER, 'offer')).toContain('m=audio 9');
  for (const each of [leg, elsewhere]) each.close();
});

it('a thread that breaks fails its legs and what was asked of them, and the next leg has a new one', async () => {
  const breaks = `import { parentPort } from 'node:worker_threads'; parentPort.on('message', (asked) => { if (asked.do !== 'open') throw new Error('broken'); });`;
  const gateway = createWorkerGateway(new URL(`data:text/javascript,${encodeURIComponent(breaks)}`), createKeptLogger());
  for (let round = 0; round < 2; round += 1) {
    const failures: string[] = [];
    const leg = gateway.open(LOOPBACK, { toneReceived: () => undefined, failed: (detail) => failures.push(detail) });
    await expect(leg.inward(OFFER, 'offer')).rejects.toThrow('the media gateway ended');
    expect(failures).toEqual(['the media gateway ended']);
    leg.close();
  }
});
