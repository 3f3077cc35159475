/** nativeImage over PNG: real sizes, the files for denser screens beside the first, template images. */
import { readFileSync } from 'node:fs';
import { parse, join } from 'node:path';
import type { CreateFromBitmapOptions, CreateFromBufferOptions, Rectangle, ResizeOptions, Size } from 'electron';
import { decodePng, encodePng, pngSize, scale, swapRedAndBlue, type Pixels } from './png.ts';

const DENSITIES = [1.25, 1.33, 1.4, 1.5, 1.8, 2, 2.5, 3, 4, 5];

function readPng(path: string): Buffer | null {
  try {
    const file = readFileSync(path);
    return pngSize(file) ? file : null;
  } catch {
    return null;
  }
}

export class NativeImage {
  /** A PNG for each scale factor. */
  readonly #images = new Map<number, Buffer>();
  readonly #file: string | null;
  isMacTemplateImage = false;

  constructor(images: Iterable<readonly [number, Buffer]> = [], file: string | null = null) {
    for (const [factor, image] of images) this.#images.set(factor, image);
    this.#file = file;
  }

  /** For tests: the file it was read from. */
  get standInFile(): string | null {
    return this.#file;
  }

  #closest(factor: number): readonly [number, Buffer] | null {
    return [...this.#images].sort(([a], [b]) => Math.abs(a - factor) - Math.abs(b - factor))[0] ?? null;
  }

  #pixels(factor: number): Pixels {
    const found = this.#closest(factor);
    return found ? decodePng(found[1]) : { width: 0, height: 0, rgba: Buffer.alloc(0) };
  }

  isEmpty(): boolean {
    return this.#images.size === 0;
  }

  getSize(scaleFactor = 1): Size {
    const found = this.#closest(scaleFactor);
    const size = found && pngSize(found[1]);
    if (!size) return { width: 0, height: 0 };
    return { width: Math.round(size.width / found[0]), height: Math.round(size.height / found[0]) };
  }

  getAspectRatio(scaleFactor = 1): number {
    const { width, height } = this.getSize(scaleFactor);
    return height === 0 ? 1 : width / height;
  }

  getScaleFactors(): number[] {
    return [...this.#images.keys()].sort((a, b) => a - b);
  }

  setTemplateImage(option: boolean): void {
    this.isMacTemplateImage = option;
  }

  isTemplateImage(): boolean {
    return this.isMacTemplateImage;
  }

  toPNG(options: { scaleFactor?: number } = {}): Buffer {
    return Buffer.from(this.#closest(options.scaleFactor ?? 1)?.[1] ?? Buffer.alloc(0));
  }

  toDataURL(options: { scaleFactor?: number } = {}): string {
    return `data:image/png;base64,${this.toPNG(options).toString('base64')}`;
  }

  toBitmap(options: { scaleFactor?: number } = {}): Buffer {
    return swapRedAndBlue(this.#pixels(options.scaleFactor ?? 1).rgba);
  }

  resize({ width, height }: ResizeOptions): NativeImage {
    const ratio = this.getAspectRatio();
    const wide = width ?? Math.round((height ?? this.getSize().height) * ratio);
    const high = height ?? Math.round(wide / ratio);
    return new NativeImage(
      [...this.#images].map(([factor, image]) => {
        return [factor, encodePng(scale(decodePng(image), Math.round(wide * factor), Math.round(high * factor)))] as const;
      }),
    );
  }

  crop({ x, y, width, height }: Rectangle): NativeImage {
    const source = this.#pixels(1);
    const rgba = Buffer.alloc(width * height * 4);
    for (let row = 0; row < height; row += 1) {
      const from = ((y + row) * source.width + x) * 4;
      source.rgba.copy(rgba, row * width * 4, from, from + width * 4);
    }
    return new NativeImage([[1, encodePng({ width, height, rgba })]]);
  }

  addRepresentation(options: { scaleFactor?: number; width?: number; height?: number; buffer?: Buffer; dataURL?: string }): void {
    const { scaleFactor = 1, width, height, buffer, dataURL } = options;
    const added =
      dataURL !== undefined
        ? nativeImage.createFromDataURL(dataURL)
        : nativeImage.createFromBuffer(buffer ?? Buffer.alloc(0), { ...(width && { width }), ...(height && { height }) });
    if (!added.isEmpty()) this.#images.set(scaleFactor, added.toPNG());
  }
}

export const nativeImage = {
  createEmpty: (): NativeImage => new NativeImage(),

  createFromPath(path: string): NativeImage {
    const { dir, name, ext } = parse(path);
    const first = readPng(path);
    const dense = DENSITIES.map((factor) => [factor, readPng(join(dir, `${name}@${factor}x${ext}`))] as const);
    const found = [[1, first] as const, ...dense].flatMap(([factor, image]) => (image ? [[factor, image] as const] : []));
    const image = new NativeImage(found, path);
    if (name.endsWith('Template')) image.setTemplateImage(true);
    return image;
  },

  createFromBuffer(buffer: Buffer, options: Partial<CreateFromBufferOptions> = {}): NativeImage {
    if (pngSize(buffer)) return new NativeImage([[options.scaleFactor ?? 1, buffer]]);
    const { width, height } = options;
    if (width === undefined || height === undefined || buffer.length !== width * height * 4) return new NativeImage();
    return nativeImage.createFromBitmap(buffer, { width, height, scaleFactor: options.scaleFactor ?? 1 });
  },

  createFromBitmap(buffer: Buffer, { width, height, scaleFactor = 1 }: CreateFromBitmapOptions): NativeImage {
    if (buffer.length !== width * height * 4) throw new Error('invalid buffer size');
    return new NativeImage([[scaleFactor, encodePng({ width, height, rgba: swapRedAndBlue(buffer) })]]);
  },

  createFromDataURL(dataURL: string): NativeImage {
    const found = /^data:image\/png;base64,(.*)$/s.exec(dataURL);
    return nativeImage.createFromBuffer(Buffer.from(found?.[1] ?? '', 'base64'));
  },
};

/** An image or the path of one, as most of Electron takes it; a path without an image throws. */
export function imageFrom(given: NativeImage | string): NativeImage {
  if (typeof given !== 'string') return given;
  const image = nativeImage.createFromPath(given);
  if (image.isEmpty()) throw new Error(`Failed to load image from path '${given}'`);
  return image;
}
