/** Initials and palette index of an avatar: the same key always gets the same colour. */
const PALETTE_SIZE = 8;

export function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/[\s._@-]+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = firstLetter(words[0] ?? '');
  const last = words.length > 1 && !name.includes('@') ? firstLetter(words.at(-1) ?? '') : '';
  return (first + last).toLocaleUpperCase() || '#';
}

export function paletteIndex(key: string): number {
  let hash = 2166136261;
  for (const character of key) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619);
  // Neighbouring keys would share their low bits without a last stir.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % PALETTE_SIZE;
}

function firstLetter(word: string): string {
  return /[\p{L}\p{N}]/u.exec(word)?.[0] ?? '';
}
