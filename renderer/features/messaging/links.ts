/** Finds what a click may open in a text: web pages, mail, and addresses and numbers to call. */
import { tokenize } from 'linkifyjs';
import { numbersIn, type Region } from '../../../common/model/phone-number.ts';
import { parseLink } from '../../../common/model/wish.ts';

export type TextPart =
  | { readonly kind: 'text'; readonly text: string }
  /** For the system's programs. */
  | { readonly kind: 'page'; readonly text: string; readonly href: string }
  /** For Ahoy, which asks before it calls. */
  | { readonly kind: 'call'; readonly text: string; readonly href: string; readonly target: string };

const TO_CALL = /\b(?:sips?|tel):[^\s<>"']{1,256}/gi;

/** `region`: whose numbers the text may have without their country. */
export function partsOf(text: string, region: Region | null): readonly TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(TO_CALL)) {
    const written = withoutSentenceEnd(match[0]);
    const link = parseLink(written);
    if (link === null || link.action === 'open') continue;
    addPages(parts, text.slice(from, match.index), region);
    parts.push({ kind: 'call', text: written, href: written, target: link.target });
    from = match.index + written.length;
  }
  addPages(parts, text.slice(from), region);
  return parts;
}

/** A sentence may end behind it. */
function withoutSentenceEnd(text: string): string {
  let end = text.length;
  while (end > 0 && '.,;:!?)]'.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

function addPages(parts: TextPart[], text: string, region: Region | null): void {
  let plain = '';
  for (const token of tokenize(text)) {
    const written = token.toString();
    const href = token.isLink ? token.toHref('https') : null;
    // `sip:me@example.org` is an address of another kind, not one for mail.
    const allowed = href !== null && /^(?:https?|mailto):/i.test(href) && !/(?:sips?|tel|im|pres):$/i.test(plain);
    if (!allowed) {
      plain += written;
      continue;
    }
    addNumbers(parts, plain, region);
    plain = '';
    parts.push({ kind: 'page', text: written, href });
  }
  addNumbers(parts, plain, region);
}

function addNumbers(parts: TextPart[], text: string, region: Region | null): void {
  let at = 0;
  for (const { from, to, dialled } of numbersIn(text, region)) {
    addText(parts, text.slice(at, from));
    parts.push({ kind: 'call', text: text.slice(from, to), href: `tel:${dialled}`, target: dialled });
    at = to;
  }
  addText(parts, text.slice(at));
}

function addText(parts: TextPart[], text: string): void {
  if (text !== '') parts.push({ kind: 'text', text });
}
