/**
 * Control packets (RFC 3550 §6, RFC 4585, RFC 5104) between two sides that know each stream by another SSRC: reports,
 * requests for a key frame and for what was lost are translated; what only one side could understand is dropped.
 */
const SENDER_REPORT = 200;
const RECEIVER_REPORT = 201;
const SOURCE_DESCRIPTION = 202;
const GOODBYE = 203;
const TRANSPORT_FEEDBACK = 205;
const PAYLOAD_FEEDBACK = 206;
const NACK = 1;
const PLI = 1;
const FIR = 4;
/** RFC 2032, which older far sides send for a key frame. */
const OLD_FIR = 192;
const BLOCK_LENGTH = 24;

/** One stream, as the side that sends it and the side that receives it know it. */
export interface StreamNames {
  /** Its SSRC where the packet comes from. */
  readonly from: number;
  /** Its SSRC where the packet goes to. */
  readonly to: number;
  /** Added to the sequence numbers of that side to have those of the other. */
  readonly sequenceOffset: number;
  readonly timestampOffset: number;
}

export interface Translation {
  /** The stream that the writer of the packet sends. */
  readonly sent: StreamNames;
  /** The stream that the writer receives and reports on; null where nothing has come yet. */
  readonly received: StreamNames | null;
}

/** The single packets of a compound one (RFC 3550 §6.1), as far as their lengths hold. */
export function packetsOf(compound: Buffer): Buffer[] {
  const packets: Buffer[] = [];
  for (let at = 0; at + 4 <= compound.length;) {
    const length = 4 * (compound.readUInt16BE(at + 2) + 1);
    if ((compound.readUInt8(at) & 0xc0) !== 0x80 || at + length > compound.length) break;
    packets.push(compound.subarray(at, at + length));
    at += length;
  }
  return packets;
}

/** The SSRC of the stream that a single packet reports on or asks something of; null where it is about its sender alone. */
export function subjectOf(packet: Buffer): number | null {
  const isAboutAnother = [RECEIVER_REPORT, TRANSPORT_FEEDBACK, PAYLOAD_FEEDBACK].includes(packet.readUInt8(1));
  return isAboutAnother && packet.length >= 12 ? packet.readUInt32BE(8) : null;
}

/** The compound packet as the other side takes it; null where nothing of it means anything there. */
export function translated(compound: Buffer, translation: Translation): Buffer | null {
  const packets = packetsOf(compound).flatMap((packet) => translatedOne(packet, translation) ?? []);
  if (packets.length === 0) return null;
  // RFC 3550 §6.1: a report comes first.
  const [first] = packets;
  const startsWithReport = first !== undefined && [SENDER_REPORT, RECEIVER_REPORT].includes(first.readUInt8(1));
  return Buffer.concat(startsWithReport ? packets : [emptyReport(translation.sent.to), ...packets]);
}

function translatedOne(packet: Buffer, { sent, received }: Translation): Buffer | null {
  const type = packet.readUInt8(1);
  const format = packet.readUInt8(0) & 0x1f;
  if (type === OLD_FIR) return received === null ? null : keyFrameRequest(sent.to, received.to);
  if (packet.length < 8) return null;
  switch (type) {
    case SENDER_REPORT:
    case RECEIVER_REPORT:
      return report(packet, type, format, sent, received);
    case SOURCE_DESCRIPTION:
    case GOODBYE:
      return format === 1 || type === SOURCE_DESCRIPTION ? withSsrc(packet, 4, sent.to) : null;
    case TRANSPORT_FEEDBACK:
      return format === NACK && received !== null && packet.length >= 16 ? nack(packet, sent, received) : null;
    case PAYLOAD_FEEDBACK:
      if (received === null || packet.length < 12) return null;
      if (format === PLI) return withSsrc(withSsrc(packet, 4, sent.to), 8, received.to);
      // RFC 5104 §4.3.1: whom it is for stands in the entry.
      return format === FIR && packet.length >= 20 ? withSsrc(withSsrc(packet, 4, sent.to), 12, received.to) : null;
    default:
      return null;
  }
}

function report(packet: Buffer, type: number, blocks: number, sent: StreamNames, received: StreamNames | null): Buffer | null {
  const headLength = type === SENDER_REPORT ? 28 : 8;
  if (packet.length < headLength + blocks * BLOCK_LENGTH) return null;
  const head = withSsrc(packet.subarray(0, headLength), 4, sent.to);
  if (type === SENDER_REPORT) head.writeUInt32BE((head.readUInt32BE(16) + sent.timestampOffset) >>> 0, 16);
  const kept: Buffer[] = [];
  for (let block = 0; block < blocks && received !== null; block += 1) {
    const at = headLength + block * BLOCK_LENGTH;
    if (packet.readUInt32BE(at) !== received.from) continue;
    const copy = withSsrc(packet.subarray(at, at + BLOCK_LENGTH), 0, received.to);
    const highest = copy.readUInt32BE(8);
    copy.writeUInt32BE((((highest + received.sequenceOffset) & 0xffff) | (highest & 0xffff0000)) >>> 0, 8);
    kept.push(copy);
  }
  const whole = Buffer.concat([head, ...kept]);
  whole.writeUInt8(0x80 | kept.length, 0);
  whole.writeUInt16BE(whole.length / 4 - 1, 2);
  return whole;
}

function nack(packet: Buffer, sent: StreamNames, received: StreamNames): Buffer {
  const copy = withSsrc(withSsrc(packet, 4, sent.to), 8, received.to);
  for (let at = 12; at + 4 <= copy.length; at += 4) copy.writeUInt16BE((copy.readUInt16BE(at) + received.sequenceOffset) & 0xffff, at);
  return copy;
}

function withSsrc(packet: Buffer, at: number, ssrc: number): Buffer {
  const copy = Buffer.from(packet);
  copy.writeUInt32BE(ssrc >>> 0, at);
  return copy;
}

function emptyReport(ssrc: number): Buffer {
  return withSsrc(Buffer.from([0x80, RECEIVER_REPORT, 0, 1, 0, 0, 0, 0]), 4, ssrc);
}

function keyFrameRequest(from: number, of: number): Buffer {
  return withSsrc(withSsrc(Buffer.from([0x81, PAYLOAD_FEEDBACK, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0]), 4, from), 8, of);
}
