/**
 * A name that somebody else chose, as it may be drawn: one line, of a length that fits, without marks that turn the
 * direction of what follows or hide in it (Unicode TR 36 §2.5): "moc.knab" must not read as another name.
 */
const LONGEST = 200;

export function drawableName(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g, '')
    .trim()
    .slice(0, LONGEST)
    .trim();
}
