/** SRTP (RFC 3711 §3, RFC 7714 §8): encrypts and authenticates the packets of one direction, whatever streams are in it. */
import { timingSafeEqual } from 'node:crypto';
import { headerLength, isRtp } from '../rtp/rtp-packet.ts';
import { inCounterMode, sealed, tagOf, unsealed, type Addend } from './ciphers.ts';
import { PacketIndices } from './packet-indices.ts';
import { sessionKeys, type MasterKey, type SessionKeys } from './session-keys.ts';
import type { Suite } from './suite.ts';

/** Why a packet was not taken. */
export type Unprotected =
  { readonly ok: true; readonly packet: Buffer } | { readonly ok: false; readonly why: 'malformed' | 'replayed' | 'not-authentic' };

const SEQUENCES = 0x10000;

export class Srtp {
  readonly suite: Suite;
  private readonly keys: SessionKeys;
  private readonly indices = new PacketIndices();

  constructor(suite: Suite, master: MasterKey) {
    this.suite = suite;
    this.keys = sessionKeys(suite, master, 'rtp');
  }

  /** `packet`: RTP that is ours. */
  protect(packet: Buffer): Buffer {
    const ssrc = packet.readUInt32BE(8);
    const stream = this.indices.of(ssrc);
    const index = stream.guess(packet.readUInt16BE(2));
    stream.accept(index);
    this.indices.keep(ssrc, stream);
    const header = packet.subarray(0, headerLength(packet));
    const payload = packet.subarray(header.length);
    if (this.suite.kind === 'gcm') return Buffer.concat([header, sealed(this.keys, gcmAddends(ssrc, index), header, payload)]);
    const encrypted = Buffer.concat([header, inCounterMode(this.keys, counterAddends(ssrc, index), payload)]);
    return Buffer.concat([encrypted, this.tag(encrypted, index)]);
  }

  /** `packet`: anything from the network. Never throws. */
  unprotect(packet: Buffer): Unprotected {
    if (!isRtp(packet) || packet.length < headerLength(packet) + this.suite.tagLength) return { ok: false, why: 'malformed' };
    const ssrc = packet.readUInt32BE(8);
    const stream = this.indices.of(ssrc);
    const index = stream.guess(packet.readUInt16BE(2));
    if (stream.isReplay(index)) return { ok: false, why: 'replayed' };
    const header = packet.subarray(0, headerLength(packet));
    const payload = packet.subarray(header.length);
    const plain =
      this.suite.kind === 'gcm'
        ? unsealed(this.keys, gcmAddends(ssrc, index), header, payload)
        : this.opened(packet, header.length, ssrc, index);
    if (plain === null) return { ok: false, why: 'not-authentic' };
    stream.accept(index);
    this.indices.keep(ssrc, stream);
    return { ok: true, packet: Buffer.concat([header, plain]) };
  }

  private opened(packet: Buffer, payloadAt: number, ssrc: number, index: number): Buffer | null {
    const tagAt = packet.length - this.suite.tagLength;
    if (!timingSafeEqual(this.tag(packet.subarray(0, tagAt), index), packet.subarray(tagAt))) return null;
    return inCounterMode(this.keys, counterAddends(ssrc, index), packet.subarray(payloadAt, tagAt));
  }

  private tag(authenticated: Buffer, index: number): Buffer {
    const rollover = Buffer.alloc(4);
    rollover.writeUInt32BE(Math.floor(index / SEQUENCES) >>> 0);
    return tagOf(this.keys, [authenticated, rollover], this.suite.tagLength);
  }
}

/** RFC 3711 §4.1.1. */
function counterAddends(ssrc: number, index: number): Addend[] {
  return [
    [4, 4, ssrc],
    [8, 4, Math.floor(index / SEQUENCES)],
    [12, 2, index % SEQUENCES],
  ];
}

/** RFC 7714 §8.1. */
function gcmAddends(ssrc: number, index: number): Addend[] {
  return [
    [2, 4, ssrc],
    [6, 4, Math.floor(index / SEQUENCES)],
    [10, 2, index % SEQUENCES],
  ];
}
