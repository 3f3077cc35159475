import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { roomsDocument } from '../../scripts/rooms-document.ts';

it('docs/rooms.md draws what the table of rooms says (npm run rooms draws it)', () => {
  expect(readFileSync('docs/rooms.md', 'utf8')).toBe(roomsDocument());
});
