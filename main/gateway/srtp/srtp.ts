/** SRTP (RFC 3711 §3, RFC 7714 §8): encrypts and authenticates the packets of one direction, whatever streams are in it. */
import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto';
import { headerLength, isRtp } from '../rtp/rtp-packet.ts';
import { PacketIndex } from './packet-index.ts';
import { sessionKeys, type MasterKey, type SessionKeys } from './session-keys.ts';
import type { Suite } from './suite.ts';

/** Why a packet was not taken. */
export type Unprotected =
  { readonly ok: true; readonly packet: Buffer } | { readonly ok: false; readonly why: 'malformed' | 'replayed' | 'not-authentic' };

/** Streams in one direction; whoever invents more loses the oldest. */
const MOST_STREAMS = 16;

export class Srtp {
  readonly suite: Suite;
  private readonly keys: SessionKeys;
  private readonly streams = new Map<number, PacketIndex>();

  constructor(suite: Suite, master: MasterKey) {
    this.suite = suite;
    this.keys = sessionKeys(suite, master, 'rtp');
  }

  /** `packet`: RTP that is ours. */
  protect(packet: Buffer): Buffer {
    const stream = this.streamOf(packet.readUInt32BE(8));
    const index = stream.guess(packet.readUInt16BE(2));
    stream.accept(index);
    const header = packet.subarray(0, headerLength(packet));
    const payload = packet.subarray(header.length);
    if (this.suite.kind === 'gcm') {
      const cipher = createCipheriv(this.gcmName(), this.keys.cipher, this.gcmStart(packet, index));
      cipher.setAAD(header);
      return Buffer.concat([header, cipher.update(payload), cipher.final(), cipher.getAuthTag()]);
    }
    const encrypted = Buffer.concat([header, this.counter(packet, index, payload)]);
    return Buffer.concat([encrypted, this.tag(encrypted, index)]);
  }

  /** `packet`: anything from the network. Never throws. */
  unprotect(packet: Buffer): Unprotected {
    const { tagLength } = this.suite;
    if (!isRtp(packet) || packet.length < headerLength(packet) + tagLength) return { ok: false, why: 'malformed' };
    const ssrc = packet.readUInt32BE(8);
    // A stream is remembered once a packet of it was authentic.
    const stream = this.streams.get(ssrc) ?? new PacketIndex();
    const index = stream.guess(packet.readUInt16BE(2));
    if (stream.isReplay(index)) return { ok: false, why: 'replayed' };
    const header = packet.subarray(0, headerLength(packet));
    const payload = packet.subarray(header.length, packet.length - tagLength);
    const tag = packet.subarray(packet.length - tagLength);
    let plain: Buffer;
    if (this.suite.kind === 'gcm') {
      const decipher = createDecipheriv(this.gcmName(), this.keys.cipher, this.gcmStart(packet, index));
      decipher.setAAD(header);
      decipher.setAuthTag(tag);
      try {
        plain = Buffer.concat([decipher.update(payload), decipher.final()]);
      } catch {
        return { ok: false, why: 'not-authentic' };
      }
    } else {
      const authenticated = packet.subarray(0, packet.length - tagLength);
      if (!timingSafeEqual(this.tag(authenticated, index), tag)) return { ok: false, why: 'not-authentic' };
      plain = this.counter(packet, index, payload);
    }
    stream.accept(index);
    this.remember(ssrc, stream);
    return { ok: true, packet: Buffer.concat([header, plain]) };
  }

  private streamOf(ssrc: number): PacketIndex {
    const known = this.streams.get(ssrc) ?? new PacketIndex();
    this.remember(ssrc, known);
    return known;
  }

  private remember(ssrc: number, stream: PacketIndex): void {
    if (this.streams.has(ssrc)) return;
    this.streams.set(ssrc, stream);
    const [oldest] = this.streams.keys();
    if (this.streams.size > MOST_STREAMS && oldest !== undefined) this.streams.delete(oldest);
  }

  private counter(packet: Buffer, index: number, data: Buffer): Buffer {
    // RFC 3711 §4.1.1: salt, SSRC and index, each shifted to its place, added without carry.
    const start = Buffer.alloc(16);
    this.keys.salt.copy(start);
    xor32(start, 4, packet.readUInt32BE(8));
    xor32(start, 8, Math.floor(index / 0x10000));
    xor16(start, 12, index % 0x10000);
    return createCipheriv(this.suite.keyLength === 16 ? 'aes-128-ctr' : 'aes-256-ctr', this.keys.cipher, start).update(data);
  }

  private tag(authenticated: Buffer, index: number): Buffer {
    const rollover = Buffer.alloc(4);
    rollover.writeUInt32BE(Math.floor(index / 0x10000) >>> 0);
    return createHmac('sha1', this.keys.authentication).update(authenticated).update(rollover).digest().subarray(0, this.suite.tagLength);
  }

  private gcmName(): 'aes-128-gcm' | 'aes-256-gcm' {
    return this.suite.keyLength === 16 ? 'aes-128-gcm' : 'aes-256-gcm';
  }

  /** RFC 7714 §8.1. */
  private gcmStart(packet: Buffer, index: number): Buffer {
    const start = Buffer.from(this.keys.salt);
    xor32(start, 2, packet.readUInt32BE(8));
    xor32(start, 6, Math.floor(index / 0x10000));
    xor16(start, 10, index % 0x10000);
    return start;
  }
}

function xor32(into: Buffer, at: number, value: number): void {
  into.writeUInt32BE((into.readUInt32BE(at) ^ value) >>> 0, at);
}

function xor16(into: Buffer, at: number, value: number): void {
  into.writeUInt16BE(into.readUInt16BE(at) ^ value, at);
}
