/** SRTCP (RFC 3711 §3.4, RFC 7714 §9): encrypts and authenticates the control packets of one direction. */
import { timingSafeEqual } from 'node:crypto';
import { isRtcp } from '../rtp/rtp-packet.ts';
import { inCounterMode, sealed, tagOf, unsealed, type Addend } from './ciphers.ts';
import { PacketIndices } from './packet-indices.ts';
import { sessionKeys, type MasterKey, type SessionKeys } from './session-keys.ts';
import type { Unprotected } from './srtp.ts';
import type { Suite } from './suite.ts';

/** The first eight bytes stay readable: type, length and sender. */
const CLEAR_LENGTH = 8;
const WORD_LENGTH = 4;
const ENCRYPTED = 0x80000000;
const LARGEST_INDEX = 0x7fffffff;

export class Srtcp {
  private readonly suite: Suite;
  private readonly keys: SessionKeys;
  private readonly indices = new PacketIndices();
  private sentIndex = 0;

  constructor(suite: Suite, master: MasterKey) {
    this.suite = suite;
    this.keys = sessionKeys(suite, master, 'rtcp');
  }

  /** `packet`: compound RTCP that is ours. */
  protect(packet: Buffer): Buffer {
    this.sentIndex = (this.sentIndex + 1) & LARGEST_INDEX;
    const ssrc = packet.readUInt32BE(4);
    const clear = packet.subarray(0, CLEAR_LENGTH);
    const rest = packet.subarray(CLEAR_LENGTH);
    const word = wordOf(this.sentIndex);
    if (this.suite.kind === 'gcm')
      return Buffer.concat([clear, sealed(this.keys, gcmAddends(ssrc, this.sentIndex), Buffer.concat([clear, word]), rest), word]);
    const body = Buffer.concat([clear, inCounterMode(this.keys, counterAddends(ssrc, this.sentIndex), rest), word]);
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
    const sender = this.indices.of(ssrc);
    if (sender.isReplay(index)) return { ok: false, why: 'replayed' };
    const plain = isGcm ? this.openGcm(packet, wordAt, index, isEncrypted) : this.openCounter(packet, wordAt, index, isEncrypted);
    if (plain === null) return { ok: false, why: 'not-authentic' };
    sender.accept(index);
    this.indices.keep(ssrc, sender);
    return { ok: true, packet: plain };
  }

  private openGcm(packet: Buffer, wordAt: number, index: number, isEncrypted: boolean): Buffer | null {
    // What is not encrypted is authenticated as it stands, with an empty secret behind it.
    const readable = packet.subarray(0, isEncrypted ? CLEAR_LENGTH : wordAt - this.suite.controlTagLength);
    const addends = gcmAddends(packet.readUInt32BE(4), index);
    const rest = unsealed(this.keys, addends, Buffer.concat([readable, packet.subarray(wordAt)]), packet.subarray(readable.length, wordAt));
    return rest && Buffer.concat([readable, rest]);
  }

  private openCounter(packet: Buffer, wordAt: number, index: number, isEncrypted: boolean): Buffer | null {
    const tagAt = wordAt + WORD_LENGTH;
    if (!timingSafeEqual(this.tag(packet.subarray(0, tagAt)), packet.subarray(tagAt))) return null;
    const body = packet.subarray(CLEAR_LENGTH, wordAt);
    const plain = isEncrypted ? inCounterMode(this.keys, counterAddends(packet.readUInt32BE(4), index), body) : body;
    return Buffer.concat([packet.subarray(0, CLEAR_LENGTH), plain]);
  }

  private tag(authenticated: Buffer): Buffer {
    return tagOf(this.keys, [authenticated], this.suite.controlTagLength);
  }
}

/** RFC 3711 §4.1.1, with an index of 31 bits. */
function counterAddends(ssrc: number, index: number): Addend[] {
  return [
    [4, 4, ssrc],
    [10, 4, index],
  ];
}

/** RFC 7714 §9.1. */
function gcmAddends(ssrc: number, index: number): Addend[] {
  return [
    [2, 4, ssrc],
    [8, 4, index],
  ];
}

function wordOf(index: number): Buffer {
  const word = Buffer.alloc(WORD_LENGTH);
  word.writeUInt32BE((ENCRYPTED | index) >>> 0);
  return word;
}
