/** `npm run rooms`: the picture of rooms and what each may import, docs/rooms.md, drawn from scripts/layers.ts. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { layers } from './layers.ts';

const GROUPS = ['common', 'main', 'renderer'] as const;

const idOf = (room: string): string => room.replace(/\/$/, '').replace(/[^A-Za-z0-9]/g, '_');
const nameOf = (room: string): string => room.replace(/\/$/, '');
const groupOf = (room: string): string => room.split('/')[0] ?? '';

/**
 * An arrow leads from a room to each that it may import. Rooms under `common` are left out as targets, which nearly every
 * room may import, and so are single files: the entries import what they wire.
 */
export function roomsDocument(): string {
  const rooms = layers.map(({ room }) => room).filter((room) => room.endsWith('/'));
  const lines = [
    '# Rooms',
    '',
    'Made from `scripts/layers.ts` by `npm run rooms`. An arrow leads to what may be imported; arrows to `common`, which nearly every room has, are left out, as are the entries, which wire everything. What each room holds: [architecture.md](architecture.md).',
    '',
    '```mermaid',
    'flowchart TD',
  ];
  for (const group of GROUPS) {
    lines.push(`  subgraph ${group}`);
    for (const room of rooms) if (groupOf(room) === group) lines.push(`    ${idOf(room)}["${nameOf(room)}"]`);
    lines.push('  end');
  }
  for (const room of rooms) if (!GROUPS.some((group) => group === groupOf(room))) lines.push(`  ${idOf(room)}["${nameOf(room)}"]`);
  for (const { room, rooms: wanted } of layers) {
    if (!room.endsWith('/')) continue;
    for (const target of wanted)
      if (rooms.includes(target) && groupOf(target) !== 'common') lines.push(`  ${idOf(room)} --> ${idOf(target)}`);
  }
  lines.push('```', '');
  return lines.join('\n');
}

if (process.argv[1]?.endsWith('rooms-document.ts')) writeFileSync(join(import.meta.dirname, '..', 'docs', 'rooms.md'), roomsDocument());
