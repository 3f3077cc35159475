/** `npm run icons`: draws every icon from resources/icon.svg and scripts/icon-drawings.ts, in Chromium. Look, then commit. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chromium } from '@playwright/test';
import { chromiumLaunch } from '../test/support/chromium.ts';
import { BUILD_PICTURES, ICNS_TYPES, ICO_SIZES, RUNTIME_PICTURES, drawForMac } from './icon-list.ts';
import { writeIcns, writeIco } from './picture-files.ts';

const root = dirname(import.meta.dirname);
const icon = readFileSync(join(root, 'resources/icon.svg'), 'utf8');
const browser = await chromium.launch(chromiumLaunch);
const page = await browser.newPage({ viewport: { width: 1024, height: 1024 } });

async function draw(svg: string, pixels: number): Promise<Buffer> {
  const sized = svg.replace(/(<svg [^>]*?) width="[^"]*" height="[^"]*"/, `$1 width="${pixels}" height="${pixels}"`);
  await page.setContent(`<style>body{margin:0}svg{display:block}</style>${sized}`);
  return page.screenshot({ omitBackground: true, clip: { x: 0, y: 0, width: pixels, height: pixels } });
}

function write(path: string, content: Buffer): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

for (const { path, pixels, draw: drawing } of [...RUNTIME_PICTURES, ...BUILD_PICTURES]) write(path, await draw(drawing(icon), pixels));

const forWindows: Buffer[] = [];
for (const size of ICO_SIZES) forWindows.push(await draw(icon, size));
write('resources/build/icon.ico', writeIco(forWindows));

const forMac: [string, Buffer][] = [];
for (const [type, size] of ICNS_TYPES) forMac.push([type, await draw(drawForMac(icon), size)]);
write('resources/build/icon.icns', writeIcns(forMac));

await browser.close();
