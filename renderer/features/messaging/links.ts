/** Finds the addresses in a text that a click may open: web pages and mail, nothing else. */
import { tokenize } from 'linkifyjs';

export interface TextPart {
  readonly text: string;
  readonly href: string | null;
}

export function partsOf(text: string): TextPart[] {
  const parts: TextPart[] = [];
  for (const token of tokenize(text)) {
    const written = token.toString();
    const before = parts.at(-1)?.text ?? '';
    const href = token.isLink ? token.toHref('https') : null;
    // `sip:me@example.org` is an address of another kind, not one for mail.
    const allowed = href !== null && /^(?:https?|mailto):/i.test(href) && !/(?:sips?|tel|im|pres):$/i.test(before);
    const last = parts.at(-1);
    if (allowed) parts.push({ text: written, href });
    else if (last?.href === null) parts[parts.length - 1] = { text: last.text + written, href: null };
    else parts.push({ text: written, href: null });
  }
  return parts;
}
