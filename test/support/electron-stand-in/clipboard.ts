/** clipboard: text, kept here alone; a page's own clipboard is Chromium's. */
import type { Clipboard } from 'electron';
import { strict } from './strict.ts';

class TextClipboard implements Pick<Clipboard, 'readText' | 'writeText' | 'has' | 'clear'> {
  #text = '';

  readText(): Promise<string> {
    return Promise.resolve(this.#text);
  }

  writeText(text: string): Promise<void> {
    if (typeof text !== 'string') throw new TypeError('Error processing argument at index 0');
    this.#text = text;
    return Promise.resolve();
  }

  has(mimetype: string): Promise<boolean> {
    return Promise.resolve(mimetype === 'text/plain' && this.#text !== '');
  }

  clear(): void {
    this.#text = '';
  }

  /** For tests. */
  get standInText(): string {
    return this.#text;
  }
}

class SystemClipboard extends TextClipboard {
  readonly selection = strict('clipboard.selection', new TextClipboard());
}

export const clipboard = strict('clipboard', new SystemClipboard());
