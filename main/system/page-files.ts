/** The built renderer's files, listed once: what is not in the list is not served, so no path leads outside. */
import { readdir } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wav': 'audio/wav',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
};

export interface PageFile {
  readonly path: string;
  readonly contentType: string;
}

/** Looks a URL path up; `/` is the main window's page. */
export type PageFiles = (urlPath: string) => PageFile | null;

export async function listPageFiles(directory: string): Promise<PageFiles> {
  const files = new Map<string, PageFile>();
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    const contentType = TYPES[extname(entry.name)];
    if (!entry.isFile() || contentType === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(`/${relative(directory, path).split(sep).join('/')}`, { path, contentType });
  }
  return (urlPath) => files.get(urlPath === '/' ? '/index.html' : urlPath) ?? null;
}

/**
 * No inline script, no eval, nothing from elsewhere, no frame around us. Style attributes are allowed: the
 * virtual list and menus place themselves by them. `connect`: where the contract is, beside the own origin.
 */
export function contentSecurityPolicy(connect: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob:",
    "media-src 'self' blob: mediastream:",
    "font-src 'self'",
    `connect-src ${["'self'", ...connect].join(' ')}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
