import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { STREAM_MESSAGE_LIMIT, StreamFraming, type Frame } from '../../../../../main/sip/sockets/framing.ts';

const message = (body: string, name = 'Content-Length'): string =>
  `MESSAGE sip:a@b SIP/2.0\r\n${name}: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

/** The stream in chunks that end at the given places. */
function inChunks(bytes: Buffer, cuts: readonly number[]): Frame[] {
  const framing = new StreamFraming();
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  const frames: Frame[] = [];
  let from = 0;
  for (const place of [...places, bytes.length]) {
    frames.push(...framing.push(bytes.subarray(from, place)));
    from = place;
  }
  return frames;
}

describe('framing of a stream', () => {
  test('messages come out whole, however the bytes were cut', () => {
    const body = fc.string({ unit: 'grapheme', maxLength: 60 });
    const keepalive = fc.constantFrom('', '\r\n', '\r\n\r\n');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(body, keepalive, fc.constantFrom('Content-Length', 'l', 'CONTENT-LENGTH ')), { maxLength: 5 }),
        fc.array(fc.nat(2_000), { maxLength: 12 }),
        (parts, cuts) => {
          const texts = parts.map(([text, , name]) => message(text, name));
          const stream = parts.map(([, between], index) => `${texts[index] ?? ''}${between}`).join('');
          const frames = inChunks(Buffer.from(stream), cuts);
          expect(frames.filter((frame) => frame.kind === 'message').map((frame) => frame.text)).toEqual(texts);
          expect(frames.some((frame) => frame.kind === 'flaw')).toBe(false);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('a ping is CRLFCRLF, a pong CRLF; a ping in two halves is a ping', () => {
    expect(inChunks(Buffer.from('\r\n\r\n'), [])).toEqual([{ kind: 'ping' }]);
    expect(inChunks(Buffer.from('\r\n'), [])).toEqual([{ kind: 'pong' }]);
    expect(inChunks(Buffer.from('\r\n\r\n'), [2]).at(-1)).toEqual({ kind: 'ping' });
    expect(inChunks(Buffer.from('\r\n\r\n'), [3])).toEqual([{ kind: 'ping' }]);
  });

  test.each([
    ['a length beyond the limit', `A sip:a SIP/2.0\r\nl: ${STREAM_MESSAGE_LIMIT}\r\n\r\n`],
    ['headers beyond the limit', 'a'.repeat(STREAM_MESSAGE_LIMIT + 1)],
    ['a length that is no number', 'A sip:a SIP/2.0\r\nContent-Length: -1\r\n\r\n'],
    ['a lone CR', '\rA'],
  ])('%s is a flaw, and nothing follows it', (_, text) => {
    const framing = new StreamFraming();
    expect(framing.push(Buffer.from(text)).at(-1)?.kind).toBe('flaw');
    expect(framing.push(Buffer.from(message('x')))).toEqual([]);
  });

  test('any bytes: never throws, never keeps more than the limit', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 10 }), (chunks) => {
        const framing = new StreamFraming();
        for (const chunk of chunks) framing.push(Buffer.from(chunk));
      }),
    );
  });
});
