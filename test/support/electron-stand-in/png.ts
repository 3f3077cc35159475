/** PNG, as far as icons need it: the size of any, the pixels of those with 8 bits a sample that are not interlaced. */
import { crc32, deflateSync, inflateSync } from 'node:zlib';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgba: Buffer;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

export function pngSize(file: Buffer): { width: number; height: number } | null {
  if (file.length < 33 || !file.subarray(0, 8).equals(SIGNATURE) || file.toString('latin1', 12, 16) !== 'IHDR') return null;
  return { width: file.readUInt32BE(16), height: file.readUInt32BE(20) };
}

function chunksOf(file: Buffer): Map<string, Buffer> {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at + 8 <= file.length;) {
    const length = file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, at + 8);
    const data = file.subarray(at + 8, at + 8 + length);
    chunks.set(type, Buffer.concat([chunks.get(type) ?? Buffer.alloc(0), data]));
    at += 12 + length;
  }
  return chunks;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [byLeft, byUp, byCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (byLeft <= byUp && byLeft <= byCorner) return left;
  return byUp <= byCorner ? up : corner;
}

/** Undoes the filters of the rows; the result has the samples only. */
function unfilter(raw: Buffer, stride: number, height: number, samples: number): Buffer {
  const out = Buffer.alloc(stride * height);
  for (let row = 0; row < height; row += 1) {
    const filter = raw[row * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x += 1) {
      const at = row * stride + x;
      const left = x >= samples ? (out[at - samples] ?? 0) : 0;
      const up = row > 0 ? (out[at - stride] ?? 0) : 0;
      const corner = x >= samples && row > 0 ? (out[at - stride - samples] ?? 0) : 0;
      const add = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
      out[at] = ((raw[row * (stride + 1) + 1 + x] ?? 0) + add) & 0xff;
    }
  }
  return out;
}

export function decodePng(file: Buffer): Pixels {
  const size = pngSize(file);
  if (!size) throw new Error('this is no PNG');
  const [depth, kind, interlace] = [file[24], file[25] ?? 0, file[28]];
  const samples = SAMPLES[kind];
  if (depth !== 8 || samples === undefined || interlace !== 0) throw new Error('the stand-in reads only PNG of 8 bits, not interlaced');
  const chunks = chunksOf(file);
  const { width, height } = size;
  const flat = unfilter(inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0)), width * samples, height, samples);
  const [palette, alphas] = [chunks.get('PLTE'), chunks.get('tRNS')];
  const rgba = Buffer.alloc(width * height * 4);
  for (let at = 0; at < width * height; at += 1) {
    const sample = (index: number): number => flat[at * samples + index] ?? 0;
    const colour = (index: number): number => palette?.[sample(0) * 3 + index] ?? 0;
    const grey = [sample(0), sample(0), sample(0)] as const;
    const pixel: readonly number[] =
      kind === 6
        ? [sample(0), sample(1), sample(2), sample(3)]
        : kind === 2
          ? [sample(0), sample(1), sample(2), 255]
          : kind === 3
            ? [colour(0), colour(1), colour(2), alphas?.[sample(0)] ?? 255]
            : [...grey, kind === 4 ? sample(1) : 255];
    rgba.set(pixel, at * 4);
  }
  return { width, height, rgba };
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

export function encodePng({ width, height, rgba }: Pixels): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const rows = Buffer.alloc((width * 4 + 1) * height);
  for (let row = 0; row < height; row += 1) rgba.copy(rows, row * (width * 4 + 1) + 1, row * width * 4, (row + 1) * width * 4);
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

/** Nearest pixels: good enough for a size that is right. */
export function scale(source: Pixels, width: number, height: number): Pixels {
  const rgba = Buffer.alloc(width * height * 4);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const from = Math.floor((y * source.height) / height) * source.width + Math.floor((x * source.width) / width);
      source.rgba.copy(rgba, (y * width + x) * 4, from * 4, from * 4 + 4);
    }
  return { width, height, rgba };
}

/** Electron's raw bitmaps are BGRA here; the swap goes both ways. */
export function swapRedAndBlue(pixels: Buffer): Buffer {
  const out = Buffer.from(pixels);
  for (let at = 0; at < out.length; at += 4) [out[at], out[at + 2]] = [out[at + 2] ?? 0, out[at] ?? 0];
  return out;
}
