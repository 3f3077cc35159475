import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { BUILD_PICTURES, ICNS_TYPES, ICO_SIZES, RUNTIME_PICTURES } from '../../../scripts/icon-list.ts';
import { icnsEntries, icoSizes, pngPixels, pngSize, writeIcns, writeIco } from '../../../scripts/picture-files.ts';

const resources = join(import.meta.dirname, '../../../resources');
const read = (path: string): Buffer => readFileSync(join(resources, '..', path));

describe('the icons in resources', () => {
  it.each([...RUNTIME_PICTURES, ...BUILD_PICTURES].map(({ path, pixels }) => [path, pixels] as const))(
    '%s is %i pixels wide and high',
    (path, pixels) => {
      expect(pngSize(read(path))).toEqual({ width: pixels, height: pixels });
    },
  );

  it('are all on the list', () => {
    const listed = [...RUNTIME_PICTURES, ...BUILD_PICTURES].map(({ path }) => path);
    const found = readdirSync(resources, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.png'))
      .map((path) => `resources/${path.replaceAll('\\', '/')}`);
    expect(found.filter((path) => !listed.includes(path))).toEqual([]);
  });

  it('have every size in the containers of Windows and macOS', () => {
    expect(icoSizes(read('resources/build/icon.ico'))).toEqual(ICO_SIZES);
    expect(icnsEntries(read('resources/build/icon.icns'))).toEqual(ICNS_TYPES);
  });

  it('are black with transparent parts where macOS colours them itself', () => {
    for (const { path } of RUNTIME_PICTURES.filter((picture) => picture.path.includes('/template/'))) {
      const { pixels } = pngPixels(read(path));
      const alphas = new Set<number>();
      for (let at = 0; at < pixels.length; at += 4) {
        const alpha = pixels[at + 3]!;
        alphas.add(alpha);
        if (alpha > 0) expect([pixels[at], pixels[at + 1], pixels[at + 2]], path).toEqual([0, 0, 0]);
      }
      expect(alphas.has(0) && alphas.has(255), path).toBe(true);
    }
  });

  it('tell every state apart without colour', () => {
    for (const family of ['color-16', 'color-24', 'template']) {
      const shapes = RUNTIME_PICTURES.filter(({ path }) => path.includes(`/${family}/`) && !path.includes('@')).map(({ path }) => {
        const { pixels } = pngPixels(read(path));
        const shape: number[] = [];
        // White on the fill counts as a hole, as it does to the eye.
        for (let at = 0; at < pixels.length; at += 4) {
          const [red = 0, green = 0, blue = 0, alpha = 0] = pixels.subarray(at, at + 4);
          shape.push(alpha > 127 && Math.min(red, green, blue) < 200 ? 1 : 0);
        }
        return shape.join('');
      });
      expect(new Set(shapes).size).toBe(10);
    }
  });
});

/** One chunk; nobody here looks at the check sum. */
function chunk(type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, data, Buffer.alloc(4)]);
}

function png(width: number, height: number, lines: readonly (readonly number[])[]): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width);
  head.writeUInt32BE(height, 4);
  head[8] = 8;
  head[9] = 6;
  const data = deflateSync(Buffer.from(lines.flat()));
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

describe('the picture containers', () => {
  // Two pixels a line, each line with another filter: none, left, up, average, Paeth.
  const filtered = png(2, 5, [
    [0, 10, 20, 30, 40, 50, 60, 70, 80],
    [1, 10, 20, 30, 40, 40, 40, 40, 40],
    [2, 0, 0, 0, 0, 0, 0, 0, 0],
    [3, 5, 10, 15, 20, 20, 20, 20, 20],
    [4, 0, 0, 0, 0, 0, 0, 0, 0],
  ]);
  const row = [10, 20, 30, 40, 50, 60, 70, 80];

  it('undo the five filters of PNG', () => {
    const { pixels } = pngPixels(filtered);
    expect([...pixels.subarray(0, 8)]).toEqual(row);
    expect([...pixels.subarray(8, 16)]).toEqual(row);
    expect([...pixels.subarray(16, 24)]).toEqual(row);
    expect([...pixels.subarray(24, 32)]).toEqual([10, 20, 30, 40, 50, 60, 70, 80]);
    expect([...pixels.subarray(32, 40)]).toEqual([10, 20, 30, 40, 50, 60, 70, 80]);
  });

  it('refuse what is no PNG', () => {
    expect(() => pngSize(Buffer.from('GIF89a, and more than that'))).toThrow('not a PNG');
  });

  it('write an .ico with a bitmap upside down and blue first', () => {
    const ico = writeIco([filtered]);
    expect(icoSizes(ico)).toEqual([2]);
    const offset = ico.readUInt32LE(18);
    expect(ico.readUInt32LE(offset)).toBe(40);
    // Twice the height: the picture and its mask.
    expect(ico.readInt32LE(offset + 8)).toBe(10);
    expect([...ico.subarray(offset + 40, offset + 48)]).toEqual([30, 20, 10, 40, 70, 60, 50, 80]);
    expect(ico.length).toBe(offset + ico.readUInt32LE(14));
  });

  it('write an .icns whose length says where it ends', () => {
    const icns = writeIcns([['icp4', filtered]]);
    expect(icns.toString('latin1', 0, 4)).toBe('icns');
    expect(icns.readUInt32BE(4)).toBe(icns.length);
    expect(icnsEntries(icns)).toEqual([['icp4', 2]]);
  });
});
