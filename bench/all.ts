/** `npm run bench`: every benchmark, one JSON object on standard output. Figures of note are in docs/performance.md. */
import { startKamailio } from '../test/support/kamailio.ts';
import { benchCallSetup } from './calls.ts';
import { benchIncoming, benchRoundTrip } from './messages.ts';
import { benchStart } from './start.ts';
import { machine } from './support.ts';

const server = await startKamailio();
try {
  const figures = {
    machine: machine(),
    start: await benchStart(server),
    messageRoundTrip: await benchRoundTrip(server),
    incomingMessages: await benchIncoming(),
    callSetup: await benchCallSetup(server),
  };
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
} finally {
  await server.stop();
}
process.exit(0);
