/**
 * A mailto: link reduced to what a person can see in the message they are about to write (RFC 6068 §7): addresses,
 * subject and text. Some mail programs attach files from the computer when a link says so.
 */
const FIELDS = new Set(['to', 'cc', 'bcc', 'subject', 'body']);
const LONGEST = 2_000;

/** Null where no such link is left. */
export function safeMailLink(href: string): string | null {
  const question = href.indexOf('?');
  const address = question === -1 ? href : href.slice(0, question);
  if (!/^mailto:[^\s<>"]*$/i.test(address) || address.length > LONGEST) return null;
  const query = question === -1 ? '' : (href.slice(question + 1).split('#')[0] ?? '');
  const fields = query.split('&').filter((field) =>
    FIELDS.has(
      decoded(field.split('=')[0] ?? '')
        .trim()
        .toLowerCase(),
    ),
  );
  const link = fields.length === 0 ? address : `${address}?${fields.join('&')}`;
  return link.length > LONGEST ? address : link;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
