/** Finds what a click may open in a text: web pages, mail, and where the host takes them, addresses and numbers to call. */
import { tokenize } from 'linkifyjs';
import { parseLink } from '../../../common/model/wish.ts';

export interface TextPart {
  readonly text: string;
  readonly href: string | null;
}

const TO_CALL = /\b(?:sips?|tel):[^\s<>"']{1,256}/gi;

/** `withCalls`: sip:, sips: and tel: are links, which the host makes a question of. */
export function partsOf(text: string, withCalls: boolean): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(TO_CALL)) {
    const written = withoutSentenceEnd(match[0]);
    if (!withCalls || parseLink(written) === null) continue;
    add(parts, text.slice(from, match.index));
    parts.push({ text: written, href: written });
    from = match.index + written.length;
  }
  add(parts, text.slice(from));
  return parts;
}

/** A sentence may end behind it. */
function withoutSentenceEnd(text: string): string {
  let end = text.length;
  while (end > 0 && '.,;:!?)]'.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

function add(parts: TextPart[], text: string): void {
  for (const token of tokenize(text)) {
    const written = token.toString();
    const last = parts.at(-1);
    const before = last?.href === null ? last.text : '';
    const href = token.isLink ? token.toHref('https') : null;
    // `sip:me@example.org` is an address of another kind, not one for mail.
    const allowed = href !== null && /^(?:https?|mailto):/i.test(href) && !/(?:sips?|tel|im|pres):$/i.test(before);
    if (allowed) parts.push({ text: written, href });
    else if (last?.href === null) parts[parts.length - 1] = { text: last.text + written, href: null };
    else parts.push({ text: written, href: null });
  }
}
