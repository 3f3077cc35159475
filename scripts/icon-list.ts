/** Every picture that `npm run icons` draws: where it goes, its size in pixels, and what it shows. */
import { TRAY_STATES, overlayBadge, trayIcon, withMargin } from './icon-drawings.ts';

export interface Picture {
  readonly path: string;
  readonly pixels: number;
  /** The picture as SVG; `icon` is the text of resources/icon.svg. */
  readonly draw: (icon: string) => string;
}

/** The suffixes by which Electron finds a picture's sharper siblings. */
const scaled = (scales: readonly number[], folder: string, name: string, points: number, draw: Picture['draw']): Picture[] =>
  scales.map((scale) => ({
    path: `resources/${folder}/${name}${scale === 1 ? '' : `@${scale}x`}.png`,
    pixels: points * scale,
    draw,
  }));

export const LINUX_SIZES: readonly number[] = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
export const ICO_SIZES: readonly number[] = [16, 24, 32, 48, 64, 128, 256];
/** Apple's four letters for a PNG of so many pixels. */
export const ICNS_TYPES: readonly (readonly [type: string, pixels: number])[] = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
];
export const OVERLAYS: readonly (readonly [name: string, text: string])[] = [
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((count) => [String(count), String(count)] as const),
  ['9plus', '9+'],
];

const trays: Picture[] = TRAY_STATES.flatMap((state) =>
  [false, true].flatMap((isUnread) => {
    const name = `${state}${isUnread ? '-unread' : ''}`;
    return [
      ...scaled([1, 1.5, 2, 3], 'tray/color-16', name, 16, () => trayIcon(state, isUnread, 16)),
      ...scaled([1, 2], 'tray/color-24', name, 24, () => trayIcon(state, isUnread, 24)),
      ...scaled([1, 2, 3], 'tray/template', `${name}Template`, 18, () => trayIcon(state, isUnread, 18, true)),
    ];
  }),
);

/** What the running program loads; all of it is packed. */
export const RUNTIME_PICTURES: readonly Picture[] = [
  { path: 'resources/icon.png', pixels: 256, draw: (icon) => icon },
  ...trays,
  ...OVERLAYS.flatMap(([name, text]) => scaled([1, 1.5, 2], 'overlay', name, 16, () => overlayBadge(text))),
];

/** What only the packaging needs. */
export const BUILD_PICTURES: readonly Picture[] = LINUX_SIZES.map((size) => ({
  path: `resources/build/icons/${size}x${size}.png`,
  pixels: size,
  draw: (icon) => icon,
}));

/** Drawn for the two containers, not written by themselves. */
export const drawForMac = withMargin;
