/**
 * Where messages begin and end in a stream of bytes (RFC 3261 §18.3): by Content-Length, counted in bytes, so
 * that text is only decoded when a message is whole. Between messages: the keepalives of RFC 5626 §4.4.1.
 */

/** The largest message on a stream; more is a fault or an attack. */
export const STREAM_MESSAGE_LIMIT = 64 * 1024;

export type Frame =
  | { readonly kind: 'message'; readonly text: string }
  /** CRLFCRLF: answered with CRLF. */
  | { readonly kind: 'ping' }
  /** CRLF. */
  | { readonly kind: 'pong' }
  /** The stream cannot be read any further. */
  | { readonly kind: 'flaw'; readonly reason: string };

const CR = 13;
const LF = 10;
const CONTENT_LENGTH = /\r\n(?:content-length|l)[ \t]*:[ \t]*([^\r\n]*)/i;

/** Takes chunks in order, gives frames in order. After a flaw it gives nothing more. */
export class StreamFraming {
  private buffer: Buffer = Buffer.alloc(0);
  private searchedTo = 0;
  private afterLineEnd = false;
  private broken = false;

  push(chunk: Buffer): Frame[] {
    if (this.broken) return [];
    this.buffer = this.buffer.length === 0 ? chunk : Buffer.concat([this.buffer, chunk]);
    const frames: Frame[] = [];
    for (;;) {
      const frame = this.next();
      if (!frame) return frames;
      frames.push(frame);
      if (frame.kind === 'flaw') {
        this.broken = true;
        this.buffer = Buffer.alloc(0);
        return frames;
      }
    }
  }

  private next(): Frame | null {
    const { buffer } = this;
    if (buffer.length === 0) return null;
    if (buffer[0] === CR) return this.keepalive();
    const end = buffer.indexOf('\r\n\r\n', Math.max(0, this.searchedTo - 3));
    if (end === -1) {
      this.searchedTo = buffer.length;
      return buffer.length > STREAM_MESSAGE_LIMIT ? { kind: 'flaw', reason: 'headers beyond the limit' } : null;
    }
    this.searchedTo = end;
    const written = CONTENT_LENGTH.exec(buffer.toString('latin1', 0, end))?.[1]?.trim();
    if (written !== undefined && !/^\d{1,9}$/.test(written)) return { kind: 'flaw', reason: 'a Content-Length that is no number' };
    // RFC 3261 §20.14 demands the header on streams; without it the body cannot be told from the next message.
    const total = end + 4 + Number(written ?? 0);
    if (total > STREAM_MESSAGE_LIMIT) return { kind: 'flaw', reason: 'a message beyond the limit' };
    if (buffer.length < total) return null;
    this.take(total);
    this.afterLineEnd = false;
    return { kind: 'message', text: buffer.toString('utf8', 0, total) };
  }

  private keepalive(): Frame | null {
    const { buffer } = this;
    if (buffer.length === 1) return null;
    if (buffer[1] !== LF) return { kind: 'flaw', reason: 'a message that begins with CR' };
    if (buffer.length >= 4 && buffer[2] === CR && buffer[3] === LF) {
      this.take(4);
      this.afterLineEnd = false;
      return { kind: 'ping' };
    }
    if (buffer.length === 3 && buffer[2] === CR) return null;
    this.take(2);
    // The second half of a ping that was cut in two; answering one pong too many does no harm.
    const isPing = this.afterLineEnd;
    this.afterLineEnd = !isPing;
    return { kind: isPing ? 'ping' : 'pong' };
  }

  private take(bytes: number): void {
    this.buffer = this.buffer.subarray(bytes);
    this.searchedTo = 0;
  }
}
