/**
 * The small pictures as SVG: tray icons and the badges over the Windows taskbar button. A state is told by shape as
 * well as by colour, with the shapes of the presence dots on screen. Edges are on whole pixels at 100 %.
 */
export const TRAY_STATES = ['available', 'busy', 'away', 'do-not-disturb', 'offline'] as const;
export type TrayState = (typeof TRAY_STATES)[number];

/** Tones that stand out against a light and a dark panel alike. */
const COLOURS: Record<TrayState, string> = {
  available: '#23a455',
  busy: '#dc4450',
  away: '#d08a0c',
  'do-not-disturb': '#dc4450',
  offline: '#8b8f9d',
};
const UNREAD = '#3f7bff';
const BADGE = '#d32f2f';

/** A speech bubble on a grid of so many pixels, and the marks in it. */
interface Grid {
  readonly size: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly corner: number;
  readonly line: number;
  /** Where the tail leaves the bubble, its tip, and where it comes back. */
  readonly tail: string;
  readonly dot: { readonly x: number; readonly y: number; readonly r: number };
  readonly bar: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly hands: { readonly path: string; readonly line: number };
  readonly unread: { readonly x: number; readonly y: number; readonly r: number; readonly gap: number };
  /** How far the mark steps aside for the unread dot. */
  readonly aside: { readonly x: number; readonly y: number };
}

const GRIDS: Record<16 | 18 | 24, Grid> = {
  16: {
    size: 16,
    left: 1,
    top: 1,
    right: 15,
    bottom: 13,
    corner: 5,
    line: 2,
    tail: 'M3 11V16L9 12z',
    dot: { x: 8, y: 7, r: 2.5 },
    bar: { x: 4, y: 6, width: 8, height: 2 },
    hands: { path: 'M8 4V8H11.500', line: 2 },
    unread: { x: 13, y: 3, r: 3, gap: 4.25 },
    aside: { x: -1, y: 1 },
  },
  18: {
    size: 18,
    left: 1,
    top: 1,
    right: 17,
    bottom: 15,
    corner: 6,
    line: 2,
    tail: 'M3 12V18L10 14z',
    dot: { x: 9, y: 8, r: 3 },
    bar: { x: 4, y: 7, width: 10, height: 2 },
    hands: { path: 'M9 4.500V9H13', line: 2 },
    unread: { x: 14.5, y: 3.5, r: 3.5, gap: 5 },
    aside: { x: -1, y: 1 },
  },
  24: {
    size: 24,
    left: 1,
    top: 2,
    right: 23,
    bottom: 20,
    corner: 8,
    line: 3,
    tail: 'M4 17V24L13 19z',
    dot: { x: 12, y: 11, r: 4 },
    bar: { x: 6, y: 9, width: 12, height: 4 },
    hands: { path: 'M11.500 5.500V12.500H17', line: 3 },
    unread: { x: 19.5, y: 4.5, r: 4.5, gap: 6.25 },
    aside: { x: -1, y: 2 },
  },
};

function bubble({ left, top, right, bottom, corner }: Grid, fill: string): string {
  return `<rect x="${left}" y="${top}" width="${right - left}" height="${bottom - top}" rx="${corner}" fill="${fill}"/>`;
}

/** What is cut out of the bubble, or drawn on it in white. */
function mark(state: TrayState, grid: Grid, paint: string): string {
  if (state === 'busy') return `<circle cx="${grid.dot.x}" cy="${grid.dot.y}" r="${grid.dot.r}" fill="${paint}"/>`;
  if (state === 'do-not-disturb') {
    const { x, y, width, height } = grid.bar;
    return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${paint}"/>`;
  }
  if (state === 'away')
    return `<path d="${grid.hands.path}" fill="none" stroke="${paint}" stroke-width="${grid.hands.line}" stroke-linejoin="round"/>`;
  if (state === 'offline') {
    const { left, top, right, bottom, corner, line } = grid;
    const box = `x="${left + line}" y="${top + line}" width="${right - left - 2 * line}" height="${bottom - top - 2 * line}"`;
    return `<rect ${box} rx="${corner - line}" fill="${paint}"/>`;
  }
  return '';
}

function svg(size: number, content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="${size}" height="${size}">${content}</svg>`;
}

/** A tray icon. `template`: black with holes, for macOS, which colours it itself. */
export function trayIcon(state: TrayState, isUnread: boolean, size: 16 | 18 | 24, template = false): string {
  const grid = GRIDS[size];
  const aside = isUnread && state !== 'offline' ? grid.aside : { x: 0, y: 0 };
  const placed = (paint: string): string => `<g transform="translate(${aside.x} ${aside.y})">${mark(state, grid, paint)}</g>`;
  const colour = template ? '#000' : COLOURS[state];
  const isHollow = template || state === 'offline';
  const gap = isUnread ? `<circle cx="${grid.unread.x}" cy="${grid.unread.y}" r="${grid.unread.gap}" fill="#000"/>` : '';
  const mask = `<mask id="m" maskUnits="userSpaceOnUse" x="0" y="0" width="${size}" height="${size}"><rect width="${size}" height="${size}" fill="#fff"/>${
    isHollow ? placed('#000') : ''
  }${gap}</mask>`;
  const shape = `${bubble(grid, colour)}<path d="${grid.tail}" fill="${colour}"/>${isHollow ? '' : placed('#fff')}`;
  const unread = isUnread
    ? `<circle cx="${grid.unread.x}" cy="${grid.unread.y}" r="${grid.unread.r}" fill="${template ? '#000' : UNREAD}"/>`
    : '';
  return svg(size, `${mask}<g mask="url(#m)">${shape}</g>${unread}`);
}

/** A number of missed things, for the corner of a taskbar button. */
export function overlayBadge(text: string): string {
  const fontSize = text.length > 1 ? 9.5 : 13;
  return svg(
    16,
    `<circle cx="8" cy="8" r="8" fill="${BADGE}"/><text x="8" y="${8 + fontSize * 0.36}" text-anchor="middle" fill="#fff" font-family="Inter, DejaVu Sans, sans-serif" font-weight="700" font-size="${fontSize}">${text}</text>`,
  );
}

/** The icon on macOS has a margin of its own: 824 of 1024 points. */
export function withMargin(icon: string): string {
  return svg(1024, icon.replace('<svg ', '<svg x="100" y="100" ').replace('width="64" height="64"', 'width="824" height="824"'));
}
