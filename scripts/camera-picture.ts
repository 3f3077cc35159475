/** What the cameras of the screenshots see: a drawn person before a wall, as an uncompressed video of two frames. */
const WIDTH = 640;
const HEIGHT = 480;
const SKIN: Colour = [226, 178, 148];
const SMOOTH_PX = 1.5;

type Colour = readonly [number, number, number];

export interface CameraPicture {
  readonly wall: Colour;
  readonly shirt: Colour;
  readonly hair: Colour;
}

const mix = (under: Colour, over: Colour, share: number): Colour =>
  under.map((value, index) => value + ((over[index] ?? 0) - value) * share) as unknown as Colour;

/** How far a point is inside an ellipse: 1 inside, 0 outside, soft at the edge. */
function inside(x: number, y: number, centreX: number, centreY: number, radiusX: number, radiusY: number): number {
  const distance = (1 - Math.hypot((x - centreX) / radiusX, (y - centreY) / radiusY)) * Math.min(radiusX, radiusY);
  return Math.min(1, Math.max(0, distance / SMOOTH_PX + 0.5));
}

function colourAt(x: number, y: number, { wall, shirt, hair }: CameraPicture): Colour {
  const light = 1.06 - (y / HEIGHT) * 0.22 - (Math.abs(x - WIDTH * 0.7) / WIDTH) * 0.18;
  let colour: Colour = wall.map((value) => Math.min(255, value * light)) as unknown as Colour;
  // A picture on the wall.
  if (x > 60 && x < 190 && y > 70 && y < 230) colour = mix(colour, [250, 248, 242], 0.85);
  if (x > 74 && x < 176 && y > 84 && y < 216) colour = mix(colour, shirt, 0.35 + (y - 84) / 400);
  const body = inside(x, y, 330, 520, 190, 190);
  colour = mix(colour, shirt, body);
  colour = mix(colour, hair, inside(x, y, 330, 196, 92, 104));
  colour = mix(colour, mix(SKIN, [0, 0, 0], 0.12), inside(x, y, 330, 318, 42, 50));
  colour = mix(colour, SKIN, inside(x, y, 330, 222, 76, 94));
  colour = mix(colour, hair, inside(x, y, 330, 142, 78, 34));
  for (const eye of [302, 358]) colour = mix(colour, [44, 34, 32], inside(x, y, eye, 214, 6, 7));
  const smile = inside(x, y, 330, 256, 28, 18) * (1 - inside(x, y, 330, 248, 32, 18));
  return mix(colour, [150, 74, 66], smile);
}

/** A YUV4MPEG2 file, as Chromium's fake camera reads it. */
export function writeCameraPicture(picture: CameraPicture): Buffer {
  const luma = Buffer.alloc(WIDTH * HEIGHT);
  const [blue, red] = [Buffer.alloc(luma.length / 4), Buffer.alloc(luma.length / 4)];
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const [r, g, b] = colourAt(x, y, picture);
      luma[y * WIDTH + x] = 16 + (65.738 * r + 129.057 * g + 25.064 * b) / 256;
      if (x % 2 === 1 || y % 2 === 1) continue;
      const at = (y / 2) * (WIDTH / 2) + x / 2;
      blue[at] = 128 + (-37.945 * r - 74.494 * g + 112.439 * b) / 256;
      red[at] = 128 + (112.439 * r - 94.154 * g - 18.285 * b) / 256;
    }
  }
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, blue, red]);
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F20:1 Ip A1:1 C420jpeg\n`), frame, frame]);
}
