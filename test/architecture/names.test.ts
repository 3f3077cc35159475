/**
 * A file's name stands for one thing. What may recur is the name of a domain, in the rooms where each domain has its
 * file, and the name of a list: whoever looks for a file finds one, or the same domain on the next floor.
 */
import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';

const LISTS = new Set(['all', 'index']);
/** Where a file is named for its domain, and the room of that domain itself. */
const OF_A_DOMAIN = [/^common\/model\/[^/]+$/, /^common\/contract\/[^/]+$/, /^main\/app\/serve\/[^/]+$/, /^renderer\/state\/[^/]+$/];
const DOMAIN_ITSELF = /^main\/(?:app|(?<room>[^/]+))\/(?<name>[^/]+)$/;
/** An entry is named for its page. */
const ENTRY = /^renderer\/[^/]+$/;

const nameOf = (path: string): string => (path.split('/').at(-1) ?? '').replace(/(?:\.svelte)?\.ts$|\.svelte$/, '');

function isForItsDomain(path: string): boolean {
  if (ENTRY.test(path) || LISTS.has(nameOf(path)) || OF_A_DOMAIN.some((room) => room.test(path))) return true;
  const { room } = DOMAIN_ITSELF.exec(path)?.groups ?? {};
  return DOMAIN_ITSELF.test(path) && (room === undefined || room === nameOf(path));
}

it('no name of a file is used for a second thing', () => {
  const paths = ['common', 'main', 'preload', 'practice', 'renderer']
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`))
    .filter((path) => /\.(?:ts|svelte)$/.test(path) && !path.endsWith('.d.ts') && !path.includes('/generated/') && !path.includes('/.'));
  const byName = Map.groupBy(paths, nameOf);
  const twice = [...byName.values()].filter((same) => same.length > 1 && same.some((path) => !isForItsDomain(path)));
  expect(paths.length).toBeGreaterThan(300);
  expect(twice).toEqual([]);
});
