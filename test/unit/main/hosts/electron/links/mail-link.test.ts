import { expect, it } from 'vitest';
import { safeMailLink } from '../../../../../../main/hosts/electron/links/mail-link.ts';

it.each([
  ['mailto:bob@example.org', 'mailto:bob@example.org'],
  ['mailto:bob@example.org?subject=Hello%20you&body=text', 'mailto:bob@example.org?subject=Hello%20you&body=text'],
  ['mailto:bob@example.org?attach=/etc/passwd&subject=x', 'mailto:bob@example.org?subject=x'],
  ['mailto:?ATTACHMENT=c:%5Csecret&to=bob@example.org', 'mailto:?to=bob@example.org'],
  ['mailto:bob@example.org?at%74ach=/etc/passwd', 'mailto:bob@example.org'],
  ['mailto:bob@example.org?In-Reply-To=x&Bcc=eve@example.org', 'mailto:bob@example.org?Bcc=eve@example.org'],
  [`mailto:bob@example.org?body=${'x'.repeat(5_000)}`, 'mailto:bob@example.org'],
  [`mailto:${'x'.repeat(5_000)}@example.org`, null],
])('%s becomes %s', (link, safe) => {
  expect(safeMailLink(link)).toBe(safe);
});
