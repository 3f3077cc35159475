/** SRTCP (RFC 3711 §3.4, RFC 7714 §9): encrypts and authenticates the control packets of one direction. */
import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto';
import { isRtcp } from '../rtp/rtp-packet.ts';
import { PacketIndex } from './packet-index.ts';
import { sessionKeys, type MasterKey, type SessionKeys } from './session-keys.ts';
import type { Unprotected } from './srtp.ts';
import type { Suite } from './suite.ts';

/** The first eight bytes stay readable: type, length and sender. */
const CLEAR_LENGTH = 8;
const WORD_LENGTH = 4;
const ENCRYPTED = 0x80000000;
const LARGEST_INDEX = 0x7fffffff;
const MOST_SENDERS = 16;

export class Srtcp {
  private readonly suite: Suite;
  private readonly keys: SessionKeys;
  private readonly senders = new Map<number, PacketIndex>();
  private sentIndex = 0;

  constructor(suite: Suite, master: MasterKey) {
    this.suite = suite;
    this.keys = sessionKeys(suite, master, 'rtcp');
  }

  /** `packet`: compound RTCP that is ours. */
  protect(packet: Buffer): Buffer {
    this.sentIndex = (this.sentIndex + 1) & LARGEST_INDEX;
    const clear = packet.subarray(0, CLEAR_LENGTH);
    const word = wordOf(this.sentIndex);
    if (this.suite.kind === 'gcm') {
      const cipher = createCipheriv(this.gcmName(), this.keys.cipher, this.gcmStart(packet, this.sentIndex));
      cipher.setAAD(Buffer.concat([clear, word]));
      return Buffer.concat([clear, cipher.update(packet.subarray(CLEAR_LENGTH)), cipher.final(), cipher.getAuthTag(), word]);
    }
    const body = Buffer.concat([clear, this.counter(packet, this.sentIndex, packet.subarray(CLEAR_LENGTH)), word]);
    return Buffer.concat([body, this.tag(body)]);
  }

  /** `packet`: anything from the network. Never throws. */
  unprotect(packet: Buffer): Unprotected {
    const { controlTagLength: tagLength } = this.suite;
    if (!isRtcp(packet) || packet.length < CLEAR_LENGTH + WORD_LENGTH + tagLength) return { ok: false, why: 'malformed' };
    const isGcm = this.suite.kind === 'gcm';
    const wordAt = isGcm ? packet.length - WORD_LENGTH : packet.length - tagLength - WORD_LENGTH;
    const word = packet.readUInt32BE(wordAt);
    const index = (word & LARGEST_INDEX) >>> 0;
    const isEncrypted = word >= ENCRYPTED;
    const ssrc = packet.readUInt32BE(4);
    const sender = this.senders.get(ssrc) ?? new PacketIndex();
    if (sender.isReplay(index)) return { ok: false, why: 'replayed' };
    const plain = isGcm ? this.openGcm(packet, wordAt, index, isEncrypted) : this.openCounter(packet, wordAt, index, isEncrypted);
    if (plain === null) return { ok: false, why: 'not-authentic' };
    sender.accept(index);
    if (!this.senders.has(ssrc)) {
      this.senders.set(ssrc, sender);
      const [oldest] = this.senders.keys();
      if (this.senders.size > MOST_SENDERS && oldest !== undefined) this.senders.delete(oldest);
    }
    return { ok: true, packet: plain };
  }

  private openGcm(packet: Buffer, wordAt: number, index: number, isEncrypted: boolean): Buffer | null {
    const tagAt = wordAt - this.suite.controlTagLength;
    const decipher = createDecipheriv(this.gcmName(), this.keys.cipher, this.gcmStart(packet, index));
    const readable = isEncrypted ? packet.subarray(0, CLEAR_LENGTH) : packet.subarray(0, tagAt);
    decipher.setAAD(Buffer.concat([readable, packet.subarray(wordAt)]));
    decipher.setAuthTag(packet.subarray(tagAt, wordAt));
    try {
      const rest = Buffer.concat([decipher.update(packet.subarray(readable.length, tagAt)), decipher.final()]);
      return Buffer.concat([readable, rest]);
    } catch {
      return null;
    }
  }

  private openCounter(packet: Buffer, wordAt: number, index: number, isEncrypted: boolean): Buffer | null {
    const authenticated = packet.subarray(0, wordAt + WORD_LENGTH);
    if (!timingSafeEqual(this.tag(authenticated), packet.subarray(wordAt + WORD_LENGTH))) return null;
    const body = packet.subarray(CLEAR_LENGTH, wordAt);
    return Buffer.concat([packet.subarray(0, CLEAR_LENGTH), isEncrypted ? this.counter(packet, index, body) : body]);
  }

  private counter(packet: Buffer, index: number, data: Buffer): Buffer {
    const start = Buffer.alloc(16);
    this.keys.salt.copy(start);
    start.writeUInt32BE((start.readUInt32BE(4) ^ packet.readUInt32BE(4)) >>> 0, 4);
    start.writeUInt32BE((start.readUInt32BE(10) ^ index) >>> 0, 10);
    return createCipheriv(this.suite.keyLength === 16 ? 'aes-128-ctr' : 'aes-256-ctr', this.keys.cipher, start).update(data);
  }

  private tag(authenticated: Buffer): Buffer {
    return createHmac('sha1', this.keys.authentication).update(authenticated).digest().subarray(0, this.suite.controlTagLength);
  }

  private gcmName(): 'aes-128-gcm' | 'aes-256-gcm' {
    return this.suite.keyLength === 16 ? 'aes-128-gcm' : 'aes-256-gcm';
  }

  /** RFC 7714 §9.1. */
  private gcmStart(packet: Buffer, index: number): Buffer {
    const start = Buffer.from(this.keys.salt);
    start.writeUInt32BE((start.readUInt32BE(2) ^ packet.readUInt32BE(4)) >>> 0, 2);
    start.writeUInt32BE((start.readUInt32BE(8) ^ index) >>> 0, 8);
    return start;
  }
}

function wordOf(index: number): Buffer {
  const word = Buffer.alloc(WORD_LENGTH);
  word.writeUInt32BE((ENCRYPTED | index) >>> 0);
  return word;
}
