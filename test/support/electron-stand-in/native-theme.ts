/** nativeTheme: the system's light or dark as a test says, and the product's own choice over it. */
import { EventEmitter } from 'node:events';
import { strict } from './strict.ts';

type Source = 'system' | 'light' | 'dark';

class NativeTheme extends EventEmitter {
  #source: Source = 'system';
  #systemIsDark = false;
  readonly shouldUseHighContrastColors = false;
  readonly shouldUseInvertedColorScheme = false;
  readonly inForcedColorsMode = false;
  readonly prefersReducedTransparency = false;

  get shouldUseDarkColors(): boolean {
    return this.#source === 'system' ? this.#systemIsDark : this.#source === 'dark';
  }

  get themeSource(): Source {
    return this.#source;
  }

  set themeSource(source: Source) {
    if (!['system', 'light', 'dark'].includes(source)) throw new TypeError(`no theme source ${source}`);
    if (this.#source === source) return;
    this.#source = source;
    this.emit('updated');
  }

  /** What pages see as prefers-color-scheme; null where Chromium's own answer stands. */
  get standInScheme(): 'light' | 'dark' | null {
    if (this.#source === 'system' && !this.#systemIsDark) return null;
    return this.shouldUseDarkColors ? 'dark' : 'light';
  }

  standInSystem(isDark: boolean): void {
    if (this.#systemIsDark === isDark) return;
    this.#systemIsDark = isDark;
    this.emit('updated');
  }
}

export const nativeTheme = strict('nativeTheme', new NativeTheme());
