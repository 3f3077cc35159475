/**
 * Texts that are long and made to be searched slowly. Before, one of 60 kB held the core for 3.5 s, and twenty datagrams
 * for a quarter of a minute.
 */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseSip } from '../../main/sip/wire/headers.ts';
import { receive } from '../../main/sip/wire/reception.ts';
import { repair, restored } from '../../main/sip/wire/tolerance.ts';
import { UdpTransactions } from '../../main/sip/wire/retransmission.ts';
import { parseChallenges } from '../../main/sip/wire/digest.ts';
import { createFileLogger } from '../../main/system/file-logger.ts';
import { redactText } from '../../main/system/redact.ts';
import { systemClock } from '../../main/system/system-clock.ts';
import { readMessageSummary } from '../../main/voicemail/message-summary.ts';
import { requestText } from '../support/scripted-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const LONG = 60_000;
const repeated = (text: string): string => text.repeat(Math.ceil(LONG / text.length)).slice(0, LONG);
const PIECES = ['a.', 'sip:', '@', '; ', ' \t', '<', '"', '\\"', ',', '%', 'a=', '/', '-', 'tel:', ';tag=', 'branch=', 'Digest ', 'a@a'];
/** What the loop may be held for by one message, on a machine that does other things as well. */
const LONGEST_MS = 250;

const MESSAGE = { method: 'MESSAGE', uri: 'sip:alice@sip.test', headers: { 'Content-Type': 'text/plain' }, body: 'x' };
const HEADERS = ['Require', 'Subject', 'P-Asserted-Identity', 'Contact', 'Via', 'Record-Route', 'WWW-Authenticate', 'Event', 'Retry-After'];

function messagesOf(piece: string): string[] {
  const long = repeated(piece);
  return [
    requestText({ ...MESSAGE, method: 'M'.repeat(30_000) }),
    requestText({ ...MESSAGE, uri: `sip:${long.replace(/\s/g, '')}` }),
    requestText({ ...MESSAGE, from: `${long} <sip:a@b>;tag=1` }),
    requestText({ ...MESSAGE, from: `<sip:a@b>;tag=${long}` }),
    requestText({ ...MESSAGE, to: `<sip:${long}@tel.invalid;user=phone>` }),
    requestText({ ...MESSAGE, callId: long }),
    requestText({ ...MESSAGE, body: long }),
    ...HEADERS.map((name) => requestText({ ...MESSAGE, headers: { ...MESSAGE.headers, [name]: long } })),
  ];
}

/** Everything between the socket and JsSIP, and the log of it. */
function takeApart(text: string, log: ReturnType<typeof createFileLogger>): void {
  const transactions = new UdpTransactions(systemClock, { transmit: () => undefined, deliver: () => undefined });
  transactions.receive(text);
  transactions.close();
  const message = parseSip(text);
  if (!message) return;
  const reception = receive(message);
  log.info('a message', { reason: 'reason' in reception ? reception.reason : '' });
  repair(message);
  restored(text.slice(0, 64 * 1024));
  parseChallenges(message.headers.map(({ value }) => value));
  readMessageSummary(message.body);
  redactText(text);
}

test.each(PIECES)('60 kB of %j in every place of a message hold the loop for no more than a moment', async (piece) => {
  const log = createFileLogger(join(temporaryFolder(), 'log'), systemClock);
  for (const text of messagesOf(piece)) {
    const from = performance.now();
    takeApart(text, log);
    expect([text.slice(0, 60), performance.now() - from < LONGEST_MS]).toEqual([text.slice(0, 60), true]);
  }
  await log.close();
});
