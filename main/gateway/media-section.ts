/**
 * One media section of a leg (RFC 8866 §5.14): its sockets and keys towards the far side, its stream towards the page.
 * Packets go through it in both directions as they are, but for their protection and their names.
 */
import { randomBytes } from 'node:crypto';
import { FarStream } from './rtp/far-stream.ts';
import { translated } from './rtp/rtcp.ts';
import { headerLength, isRtcp, isRtp, withoutExtension } from './rtp/rtp-packet.ts';
import { TelephoneEvents } from './rtp/telephone-events.ts';
import { formatCryptoLine, parseCryptoLine, type CryptoLine } from './sdp/crypto-line.ts';
import { attributesOf, payloadNames, type Description, type Section } from './sdp/description.ts';
import { addressOfFar, type FarAddress } from './sdp/inward.ts';
import { sourceOfPage, type OuterSection } from './sdp/outward.ts';
import type { OuterSockets, Sender } from './outer-sockets.ts';
import { Srtcp } from './srtp/srtcp.ts';
import { Srtp } from './srtp/srtp.ts';
import type { MasterKey } from './srtp/session-keys.ts';
import { SUITES, type Suite, type SuiteName } from './srtp/suite.ts';

/** In an offer of ours: few enough for a datagram, the one that every phone has among them. */
const OFFERED: readonly SuiteName[] = ['AEAD_AES_256_GCM', 'AEAD_AES_128_GCM', 'AES_CM_128_HMAC_SHA1_80', 'AES_CM_128_HMAC_SHA1_32'];

const PROFILES: readonly OuterSection['profile'][] = ['RTP/AVP', 'RTP/AVPF', 'RTP/SAVP', 'RTP/SAVPF'];

export interface MediaSectionHooks {
  toPage(packet: Buffer): void;
  controlToPage(packet: Buffer): void;
  /** The far side sent this tone. */
  toneReceived(tone: string): void;
}

/** One direction's keys, kept as long as they stay the same: a new context would forget how often the sequence wrapped. */
interface Protection {
  readonly id: string;
  readonly rtp: Srtp;
  readonly rtcp: Srtcp;
  readonly identifierLength: number;
}

export class MediaSection {
  readonly kind: string;
  readonly stream: FarStream;
  pageSource: number | null = null;
  private readonly sockets: OuterSockets;
  private readonly hooks: MediaSectionHooks;
  private readonly ownKeys = new Map<SuiteName, MasterKey>();
  private readonly tones = new TelephoneEvents();
  private toneFormats = new Set<number>();
  private profile: OuterSection['profile'] = 'RTP/AVP';
  private crypto: Pick<CryptoLine, 'tag' | 'suite' | 'master'>[] = [];
  private far: FarAddress | null = null;
  /** Where the far side really sends from, once it has sent (symmetric RTP, RFC 4961). */
  private latched: Sender | null = null;
  private latchedControl: Sender | null = null;
  private sending: Protection | null = null;
  private receiving: Protection | null = null;
  private isProtected = false;

  constructor(kind: string, sockets: OuterSockets, hooks: MediaSectionHooks) {
    this.kind = kind;
    this.sockets = sockets;
    this.hooks = hooks;
    this.stream = new FarStream(randomBytes(4).readUInt32BE(), kind === 'video' ? 90_000 : 8_000);
  }

  /** What stands in a description of ours. `offered`: the profile of an offer; null in an answer, which has the far side's. */
  outer(page: Section, offered: OuterSection['profile'] | null): OuterSection {
    this.pageSource = sourceOfPage(page) ?? this.pageSource;
    this.toneFormats = toneFormats(page);
    if (offered !== null) {
      this.profile = offered;
      this.crypto = offered.includes('SAVP') ? this.offeredCrypto() : [];
    }
    const { port, controlPort } = this.sockets;
    return {
      port,
      controlPort,
      isMultiplexed: this.far?.isMultiplexed === true && offered === null,
      profile: this.profile,
      crypto: this.crypto,
    };
  }

  /**
   * Takes what the far side says of this section. Throws, and leaves all as it was, where it wants protection and gives no
   * keys that can be used, or answers an offer with keys by none.
   */
  adopt(description: Description, section: Section, type: 'offer' | 'answer'): void {
    const isProtected = section.protocol.includes('SAVP');
    const theirs = section.port === 0 ? null : this.keysOf(section, type, isProtected);
    const before = this.far;
    this.far = addressOfFar(description, section);
    // Somewhere else: whoever sends from there first is believed again.
    if (before?.address !== this.far?.address || before?.port !== this.far?.port) {
      this.latched = null;
      this.latchedControl = null;
    }
    this.isProtected = isProtected;
    if (section.port === 0) return;
    if (type === 'offer') {
      this.profile = PROFILES.find((each) => each === section.protocol) ?? 'RTP/AVP';
      this.crypto = theirs === null ? [] : [{ tag: theirs.tag, suite: theirs.suite, master: this.ownKey(theirs.suite) }];
    }
    this.sending = theirs && protection(this.sending, theirs.suite, this.ownKey(theirs.suite), 0);
    this.receiving = theirs && protection(this.receiving, theirs.suite, theirs.master, theirs.identifierLength);
  }

  /** The keys that the far side sends with; null where it sends in the clear. */
  private keysOf(section: Section, type: 'offer' | 'answer', isProtected: boolean): CryptoLine | null {
    if (!isProtected && (type === 'offer' || this.crypto.length === 0)) return null;
    const lines = attributesOf(section, 'crypto').flatMap((value) => parseCryptoLine(value) ?? []);
    // RFC 4568 §5.1.2: an answer takes one of those that were offered, by its tag.
    const usable = (line: CryptoLine): boolean =>
      type === 'offer' || this.crypto.some(({ tag, suite }) => tag === line.tag && suite === line.suite);
    const theirs = isProtected ? lines.find(usable) : undefined;
    if (!theirs) throw new Error('no usable keys in the description');
    return theirs;
  }

  /** RTP of the page, in the clear. */
  fromPage(packet: Buffer): void {
    const to = this.destination(false);
    if (to === null) return;
    const bare = withoutExtension(packet);
    this.sockets.send(this.sending ? this.sending.rtp.protect(bare) : bare, to);
  }

  /** RTCP of the page, in the clear. */
  controlFromPage(packet: Buffer): void {
    const source = this.stream.source;
    const own = { from: this.pageSource ?? 0, to: this.pageSource ?? packet.readUInt32BE(4), sequenceOffset: 0, timestampOffset: 0 };
    const { sequence, timestamp } = this.stream.offsets;
    const received =
      source === null ? null : { from: this.stream.ssrc, to: source, sequenceOffset: -sequence, timestampOffset: -timestamp };
    const outgoing = translated(packet, { sent: own, received });
    const to = this.destination(true);
    if (outgoing === null || to === null) return;
    const ready = this.sending ? this.sending.rtcp.protect(outgoing) : outgoing;
    if (this.far?.isMultiplexed) this.sockets.send(ready, to);
    else this.sockets.sendControl(ready, to);
  }

  /** Anything that arrived at one of the ports. */
  fromFar(packet: Buffer, from: Sender, isControlPort: boolean): void {
    // Keepalives, punches and what is lost here: no packet of ours.
    if (this.far === null || !this.isExpected(from, isControlPort)) return;
    if (isRtcp(packet)) this.controlFromFar(packet, from, isControlPort);
    else if (isRtp(packet) && !isControlPort) this.rtpFromFar(packet, from);
  }

  close(): void {
    this.sockets.close();
  }

  private rtpFromFar(packet: Buffer, from: Sender): void {
    const plain = this.opened(packet, 'rtp');
    if (plain === null) return;
    this.latched ??= from;
    if (this.toneFormats.has(plain.readUInt8(1) & 0x7f)) {
      const tone = this.tones.toneOf(plain);
      if (tone !== null) this.hooks.toneReceived(tone);
    }
    this.hooks.toPage(this.stream.continued(plain, performance.now()));
  }

  private controlFromFar(packet: Buffer, from: Sender, isControlPort: boolean): void {
    const plain = this.opened(packet, 'rtcp');
    if (plain === null) return;
    if (isControlPort) this.latchedControl ??= from;
    const { timestamp, sequence } = this.stream.offsets;
    const sent = { from: this.stream.source ?? 0, to: this.stream.ssrc, sequenceOffset: sequence, timestampOffset: timestamp };
    const received =
      this.pageSource === null ? null : { from: this.pageSource, to: this.pageSource, sequenceOffset: 0, timestampOffset: 0 };
    const incoming = translated(plain, { sent, received });
    if (incoming !== null) this.hooks.controlToPage(incoming);
  }

  private opened(packet: Buffer, kind: 'rtp' | 'rtcp'): Buffer | null {
    if (!this.isProtected) return packet;
    if (!this.receiving) return null;
    const { identifierLength } = this.receiving;
    const bare = identifierLength === 0 ? packet : withoutIdentifier(packet, identifierLength, kind, this.receiving);
    if (bare === null) return null;
    const result = this.receiving[kind].unprotect(bare);
    return result.ok ? result.packet : null;
  }

  /**
   * From where packets are taken: where the far side said it would send, or whoever sent first while nothing has come from
   * there (RFC 7362 §3: a guard against whoever knows the port). Protected packets prove themselves.
   */
  private isExpected(from: Sender, isControlPort: boolean): boolean {
    if (this.isProtected) return true;
    const latched = isControlPort ? this.latchedControl : this.latched;
    if (latched !== null) return latched.address === from.address && latched.port === from.port;
    return this.far !== null;
  }

  private destination(isControl: boolean): Sender | null {
    if (this.far === null) return null;
    if (isControl && !this.far.isMultiplexed)
      return this.latchedControl ?? { address: this.latched?.address ?? this.far.controlAddress, port: this.far.controlPort };
    return this.latched ?? { address: this.far.address, port: this.far.port };
  }

  /** What was agreed on stays as it is: other keys in mid-call would be other streams to the phone. */
  private offeredCrypto(): Pick<CryptoLine, 'tag' | 'suite' | 'master'>[] {
    const agreed = this.crypto.find(({ suite }) => suite === this.sending?.rtp.suite);
    if (agreed) return [agreed];
    return SUITES.filter(({ name }) => OFFERED.includes(name)).map((suite, at) => ({
      tag: String(at + 1),
      suite,
      master: this.ownKey(suite),
    }));
  }

  private ownKey(suite: Suite): MasterKey {
    const known = this.ownKeys.get(suite.name);
    if (known) return known;
    const made = { key: randomBytes(suite.keyLength), salt: randomBytes(suite.saltLength) };
    this.ownKeys.set(suite.name, made);
    return made;
  }
}

function protection(before: Protection | null, suite: Suite, master: MasterKey, identifierLength: number): Protection {
  const id = formatCryptoLine({ tag: '1', suite, master });
  if (before?.id === id && before.identifierLength === identifierLength) return before;
  return { id, rtp: new Srtp(suite, master), rtcp: new Srtcp(suite, master), identifierLength };
}

/** RFC 3711 §3.1: the identifier stands before the tag, and after the word of SRTCP. */
function withoutIdentifier(packet: Buffer, length: number, kind: 'rtp' | 'rtcp', { rtp }: Protection): Buffer | null {
  const tagLength = kind === 'rtp' ? rtp.suite.tagLength : rtp.suite.controlTagLength;
  const isGcm = rtp.suite.kind === 'gcm';
  // RFC 7714 §5, §9: behind the tag, where the cipher authenticates by itself.
  const end = isGcm ? packet.length : packet.length - tagLength;
  if (end - length < headerLength(packet)) return null;
  return Buffer.concat([packet.subarray(0, end - length), packet.subarray(end)]);
}

function toneFormats(section: Section): Set<number> {
  return new Set([...payloadNames(section)].flatMap(([format, name]) => (/^telephone-event\//i.test(name) ? [Number(format)] : [])));
}
