/** What the gateway reads of RTP packets (RFC 3550 §5.1), and how it tells them from control packets (RFC 5761 §4). */
const FIXED_LENGTH = 12;

/** The length of the header with its extension, in bytes; more than the packet has where the header is cut short. */
export function headerLength(packet: Buffer): number {
  const fixed = FIXED_LENGTH + 4 * ((packet[0] ?? 0) & 0x0f);
  if (((packet[0] ?? 0) & 0x10) === 0) return fixed;
  return packet.length < fixed + 4 ? fixed + 4 : fixed + 4 + 4 * packet.readUInt16BE(fixed + 2);
}

const isVersionTwo = (packet: Buffer): boolean => ((packet[0] ?? 0) & 0xc0) === 0x80;

/** RFC 5761 §4: the packet types of RTCP, where a payload type with its marker would be. */
const isControlType = (packet: Buffer): boolean => {
  const type = packet[1] ?? 0;
  return type >= 192 && type <= 223;
};

/** Whole in its header, and no control packet. */
export function isRtp(packet: Buffer): boolean {
  return packet.length >= FIXED_LENGTH && isVersionTwo(packet) && !isControlType(packet) && headerLength(packet) <= packet.length;
}

export function isRtcp(packet: Buffer): boolean {
  return packet.length >= 8 && isVersionTwo(packet) && isControlType(packet);
}

/** The packet without its header extension (RFC 8285), which is agreed on with a page alone. */
export function withoutExtension(packet: Buffer): Buffer {
  if (((packet[0] ?? 0) & 0x10) === 0) return packet;
  const fixed = FIXED_LENGTH + 4 * (packet.readUInt8(0) & 0x0f);
  const bare = Buffer.concat([packet.subarray(0, fixed), packet.subarray(headerLength(packet))]);
  bare.writeUInt8(bare.readUInt8(0) & ~0x10, 0);
  return bare;
}
