/** shell: recorded, and said on stdout. */
import { existsSync } from 'node:fs';
import type { Shell } from 'electron';
import { record } from './record.ts';
import { strict } from './strict.ts';

export const shell = strict('shell', {
  openExternal(url: string): Promise<void> {
    if (!URL.canParse(url)) return Promise.reject(new TypeError(`Invalid URL: ${url}`));
    record.openedUrls.push(url);
    process.stdout.write(`stand-in opens ${url}\n`);
    return Promise.resolve();
  },
  openPath(path: string): Promise<string> {
    record.openedPaths.push(path);
    return Promise.resolve(existsSync(path) ? '' : 'Failed to open path');
  },
  showItemInFolder(fullPath: string): void {
    record.shownInFolder.push(fullPath);
  },
  beep(): void {
    record.beeps += 1;
  },
} satisfies Partial<Shell>);
