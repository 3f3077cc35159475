/** screen: displays that a test can plug in, pull out and change. */
import { EventEmitter } from 'node:events';
import type { Display, Point, Rectangle } from 'electron';
import { plainEvent } from './event.ts';
import { requireReady } from './lifecycle.ts';
import { strict } from './strict.ts';

/** What a test says of a display; the rest follows. */
export interface DisplaySetup {
  readonly id?: number;
  readonly bounds: Rectangle;
  readonly workArea?: Rectangle;
  readonly scaleFactor?: number;
  readonly rotation?: number;
  readonly label?: string;
}

function makeDisplay(setup: DisplaySetup, index: number): Display {
  const { bounds } = setup;
  const workArea = setup.workArea ?? { ...bounds, height: bounds.height - 40 };
  return {
    id: setup.id ?? index + 1,
    label: setup.label ?? `Display ${index + 1}`,
    bounds,
    workArea,
    size: { width: bounds.width, height: bounds.height },
    workAreaSize: { width: workArea.width, height: workArea.height },
    scaleFactor: setup.scaleFactor ?? 1,
    rotation: setup.rotation ?? 0,
    internal: index === 0,
    accelerometerSupport: 'unknown',
    touchSupport: 'unknown',
    colorDepth: 24,
    colorSpace: '',
    depthPerComponent: 8,
    detected: true,
    displayFrequency: 60,
    maximumCursorSize: { width: 0, height: 0 },
    monochrome: false,
    nativeOrigin: { x: bounds.x, y: bounds.y },
  };
}

function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

function distance({ x, y }: Point, area: Rectangle): number {
  const sideways = Math.max(area.x - x, 0, x - (area.x + area.width - 1));
  const upright = Math.max(area.y - y, 0, y - (area.y + area.height - 1));
  return Math.hypot(sideways, upright);
}

class Screen extends EventEmitter {
  #displays: Display[] = [makeDisplay({ bounds: { x: 0, y: 0, width: 1920, height: 1080 } }, 0)];
  #cursor: Point = { x: 0, y: 0 };

  #ready(): void {
    requireReady("The 'screen' module can't be used before the app 'ready' event");
  }

  getAllDisplays(): Display[] {
    this.#ready();
    return [...this.#displays];
  }

  getPrimaryDisplay(): Display {
    return this.getAllDisplays()[0]!;
  }

  getCursorScreenPoint(): Point {
    this.#ready();
    return { ...this.#cursor };
  }

  getDisplayNearestPoint(point: Point): Display {
    return this.getAllDisplays().sort((a, b) => distance(point, a.bounds) - distance(point, b.bounds))[0]!;
  }

  getDisplayMatching(area: Rectangle): Display {
    const best = this.getAllDisplays().sort((a, b) => overlap(area, b.bounds) - overlap(area, a.bounds))[0]!;
    if (overlap(area, best.bounds) > 0) return best;
    return this.getDisplayNearestPoint({ x: area.x + Math.floor(area.width / 2), y: area.y + Math.floor(area.height / 2) });
  }

  standInCursor(point: Point): void {
    this.#cursor = point;
  }

  standInDisplays(setups: readonly DisplaySetup[]): void {
    if (setups.length === 0) throw new Error('there is always a display');
    const before = this.#displays;
    this.#displays = setups.map(makeDisplay);
    for (const old of before) if (!this.#displays.some(({ id }) => id === old.id)) this.emit('display-removed', plainEvent(), old);
    for (const display of this.#displays) {
      const old = before.find(({ id }) => id === display.id);
      if (!old) this.emit('display-added', plainEvent(), display);
      else {
        const changed = (['bounds', 'workArea', 'scaleFactor', 'rotation'] as const).filter(
          (name) => JSON.stringify(old[name]) !== JSON.stringify(display[name]),
        );
        if (changed.length > 0) this.emit('display-metrics-changed', plainEvent(), display, changed);
      }
    }
  }
}

export const screen = strict('screen', new Screen());
