/** The picture containers: reads a PNG as Chromium writes it, writes .ico (Windows) and .icns (macOS). */
import { inflateSync } from 'node:zlib';

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const RGBA = 6;
const RGB = 2;
const BITMAP_HEADER_BYTES = 40;
const ICO_ENTRY_BYTES = 16;
/** From here on Windows reads PNG in an .ico; smaller ones are bitmaps, which everything reads. */
const PNG_IN_ICO_FROM = 256;

export function pngSize(png: Buffer): { readonly width: number; readonly height: number } {
  if (!png.subarray(0, 8).equals(PNG_SIGNATURE)) throw new Error('not a PNG');
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}

/** Which of the three neighbours is nearest to left + up - upper left (PNG, filter 4). */
function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [toLeft, toUp, toCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

/** The pixels, four bytes each (red, green, blue, alpha), from the top left. Eight bits, not interlaced. */
export function pngPixels(png: Buffer): { readonly width: number; readonly height: number; readonly pixels: Buffer } {
  const { width, height } = pngSize(png);
  const [depth, colour, interlace] = [png[24], png[25], png[28]];
  if (depth !== 8 || (colour !== RGBA && colour !== RGB) || interlace !== 0) throw new Error('a PNG of a kind that is not read here');
  const data: Buffer[] = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const raw = inflateSync(Buffer.concat(data));
  const step = colour === RGBA ? 4 : 3;
  const stride = width * step;
  const lines = Buffer.alloc(stride * height);
  const at = (x: number, y: number): number => (x < 0 || y < 0 ? 0 : (lines[y * stride + x] ?? 0));
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x += 1) {
      const value = raw[y * (stride + 1) + 1 + x] ?? 0;
      const [left, up, corner] = [at(x - step, y), at(x, y - 1), x < step ? 0 : at(x - step, y - 1)];
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
      lines[y * stride + x] = (value + guess) & 0xff;
    }
  }
  if (step === 4) return { width, height, pixels: lines };
  const pixels = Buffer.alloc(width * height * 4, 0xff);
  for (let index = 0; index < width * height; index += 1) lines.copy(pixels, index * 4, index * 3, index * 3 + 3);
  return { width, height, pixels };
}

/** A bitmap as .ico holds it: upside down, blue first, and an empty mask, since alpha says it all. */
function bitmap(png: Buffer): Buffer {
  const { width, height, pixels } = pngPixels(png);
  const header = Buffer.alloc(BITMAP_HEADER_BYTES);
  header.writeUInt32LE(BITMAP_HEADER_BYTES, 0);
  header.writeInt32LE(width, 4);
  header.writeInt32LE(height * 2, 8);
  header.writeUInt16LE(1, 12);
  header.writeUInt16LE(32, 14);
  const body = Buffer.alloc(width * height * 4);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const from = (y * width + x) * 4;
      const to = ((height - 1 - y) * width + x) * 4;
      for (const [index, channel] of [2, 1, 0, 3].entries()) body[to + index] = pixels[from + channel] ?? 0;
    }
  const maskStride = Math.ceil(width / 32) * 4;
  return Buffer.concat([header, body, Buffer.alloc(maskStride * height)]);
}

export function writeIco(pngs: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(6 + pngs.length * ICO_ENTRY_BYTES);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pngs.length, 4);
  const bodies: Buffer[] = [];
  let offset = header.length;
  for (const [index, png] of pngs.entries()) {
    const { width, height } = pngSize(png);
    const body = width >= PNG_IN_ICO_FROM ? png : bitmap(png);
    const at = 6 + index * ICO_ENTRY_BYTES;
    // 256 is written as 0.
    header[at] = width % 256;
    header[at + 1] = height % 256;
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(body.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    bodies.push(body);
    offset += body.length;
  }
  return Buffer.concat([header, ...bodies]);
}

/** The widths in an .ico, in its order. */
export function icoSizes(ico: Buffer): number[] {
  return Array.from({ length: ico.readUInt16LE(4) }, (_, index) => ico[6 + index * ICO_ENTRY_BYTES] || 256);
}

export function writeIcns(entries: readonly (readonly [type: string, png: Buffer])[]): Buffer {
  const parts = entries.map(([type, png]) => {
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32BE(png.length + 8, 4);
    return Buffer.concat([head, png]);
  });
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.write('icns', 'latin1');
  head.writeUInt32BE(body.length + 8, 4);
  return Buffer.concat([head, body]);
}

/** The type and width of each picture in an .icns. */
export function icnsEntries(icns: Buffer): [type: string, width: number][] {
  const found: [string, number][] = [];
  for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4))
    found.push([icns.toString('latin1', at, at + 4), pngSize(icns.subarray(at + 8)).width]);
  return found;
}
