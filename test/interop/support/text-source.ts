/**
 * The far side of one user: their registrar, and a sender of many texts over the connection they registered by.
 * It notes for each text whether its 200 came, and which texts were on their way when a connection ended.
 */
import { createServer, type Server, type Socket } from 'node:net';
import { StreamFraming } from '../../../main/sip/sockets/framing.ts';
import { headerOf, methodOf, parseNameAddr, parseSip, statusOf } from '../../../main/sip/wire/headers.ts';
import { replyTo, requestText } from '../../support/scripted-server.ts';

export interface TextSourceOptions {
  readonly port: number;
  readonly texts: number;
  /** Texts that may be unanswered at once. */
  readonly atOnce: number;
  /** After each text sent for the first time, and each registration: how many were sent so far. */
  readonly progressed: (sent: number) => void;
  /** Whether texts that were on their way when the `nth` connection ended are sent again, under the same Call-ID and CSeq. */
  readonly sendsAgain: (nth: number) => boolean;
}

export interface TextSource {
  readonly answered: ReadonlySet<number>;
  /** What else than 200 was answered. */
  readonly refusals: readonly string[];
  /** By connection that ended: the texts without an answer then, in the order they were sent. */
  readonly onTheirWay: readonly (readonly number[])[];
  /** Those of them that were not sent again. */
  readonly givenUp: readonly (readonly number[])[];
  /** Every text has its answer, or was on its way at an end and is not sent again. */
  readonly isDone: () => boolean;
  readonly registrations: () => number;
  close(): void;
}

export const textOf = (number: number): string => `text ${number}`;

export async function openTextSource(options: TextSourceOptions): Promise<TextSource> {
  const answered = new Set<number>();
  const refusals: string[] = [];
  const onTheirWay: number[][] = [];
  const givenUp: number[][] = [];
  const sentAgain = new Set<number>();
  const waiting = Array.from({ length: options.texts }, (_, index) => index + 1);
  let unanswered: number[] = [];
  let sent = 0;
  let registrations = 0;
  let line: { readonly socket: Socket; readonly contact: string } | null = null;

  function pump(): void {
    for (let count = 0; count < options.atOnce && line && unanswered.length < options.atOnce; count += 1) {
      const number = waiting.shift();
      if (number === undefined) return;
      unanswered.push(number);
      line.socket.write(
        requestText({
          method: 'MESSAGE',
          uri: line.contact,
          from: '<sip:source@sip.test>;tag=source',
          to: '<sip:receiver@sip.test>',
          callId: `text-${number}`,
          headers: { 'Content-Type': 'text/plain' },
          body: textOf(number),
        }),
      );
      if (sentAgain.has(number)) continue;
      sent += 1;
      options.progressed(sent);
    }
  }

  function take(socket: Socket, text: string): void {
    const message = parseSip(text);
    if (!message) return;
    const method = methodOf(message);
    if (method === 'REGISTER') {
      const contact = headerOf(message, 'contact') ?? '';
      socket.write(replyTo(message, 200, { Contact: contact, Expires: headerOf(message, 'expires') ?? '600' }));
      if (/expires=0/.test(contact)) return;
      registrations += 1;
      line = { socket, contact: parseNameAddr(contact)?.uri ?? '' };
      options.progressed(sent);
      pump();
    } else if (method !== null) {
      if (method !== 'ACK') socket.write(replyTo(message, method === 'OPTIONS' ? 200 : 489));
    } else {
      const number = Number(/^text-(\d+)$/.exec(headerOf(message, 'call-id') ?? '')?.[1]);
      if (!unanswered.includes(number)) return;
      unanswered = unanswered.filter((each) => each !== number);
      if (statusOf(message) === 200) answered.add(number);
      else refusals.push(`${textOf(number)}: ${message.startLine}`);
      pump();
    }
  }

  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    const framing = new StreamFraming();
    socket.on('data', (chunk) => {
      for (const frame of framing.push(chunk)) {
        if (frame.kind === 'message') take(socket, frame.text);
        else if (frame.kind === 'ping') socket.write('\r\n');
      }
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      sockets.delete(socket);
      if (line?.socket !== socket) return;
      line = null;
      const lost = unanswered;
      unanswered = [];
      onTheirWay.push(lost);
      if (!options.sendsAgain(onTheirWay.length)) {
        givenUp.push(lost);
        return;
      }
      for (const number of lost) sentAgain.add(number);
      waiting.unshift(...lost);
    });
  });
  await new Promise<void>((resolve) => server.listen(options.port, '127.0.0.1', resolve));
  return {
    answered,
    refusals,
    onTheirWay,
    givenUp,
    isDone: () => waiting.length === 0 && unanswered.length === 0,
    registrations: () => registrations,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
